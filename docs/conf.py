"""The documentation as a site: `sphinx-build -W -b html docs site`. Nothing is fetched."""

from importlib.metadata import version as version_of

project = "detente"
author = "the developers of detente"
copyright = "the developers of detente, Apache-2.0"
version = release = version_of("detente")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
add_module_names = False

html_theme = "furo"
html_title = f"detente {release}"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
# furo's fonts are those of the system; no page asks for anything from elsewhere
html_theme_options = {"sidebar_hide_name": False}
