-- What is held of each taxonomy.
select taxonomy, count(*) as facts, count(distinct cik) as companies, min(filed) as first, max(filed) as last
from read_parquet($files)
group by taxonomy
order by facts desc, taxonomy
