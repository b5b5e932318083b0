-- Who rows are held of.
select distinct cik from read_parquet($files)
