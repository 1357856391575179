// An address that names words by its fragment alone is opened with these words marked.
const words = /^#(char=\d{1,9},\d{1,9})$/.exec(location.hash);
if (words && new URLSearchParams(location.search).get("char") !== words[1].slice(5)) {
  location.replace(`${location.pathname}?${words[1]}#${words[1]}`);
}
