"""Records on disk: Parquet files in one folder, and SQL over them."""
