-- Stretches in which a company that files every quarter filed no statement, though it did before and after.
with reports as (
    select distinct cik, filed from read_parquet($files)
    where form in ('10-K', '10-KT', '10-Q', '10-QT') and filed is not null
), pairs as (
    select cik, lag(filed) over (partition by cik order by filed) as after, filed as before from reports
)
select cik, after, before from pairs where before - after > $days order by cik, after
