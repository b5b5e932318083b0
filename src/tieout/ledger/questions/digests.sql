-- Digests of documents that rows were read from.
select distinct digest from read_parquet($files)
