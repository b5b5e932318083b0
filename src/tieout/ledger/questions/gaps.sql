-- Stretches in which a company filed no report, though it did before and after; one that is held with annual reports
-- alone is asked for those.
with reports as (
    select cik, filed, bool_or(form in ('10-Q', '10-QT')) as quarterly from read_parquet($files)
    where form in ('10-K', '10-KT', '10-Q', '10-QT') and filed is not null
    group by cik, filed
), pairs as (
    select cik, lag(filed) over (partition by cik order by filed) as after, filed as before,
           bool_or(quarterly) over (partition by cik) as quarterly
    from reports
)
select cik, after, before, quarterly from pairs
where before - after > case when quarterly then $quarters else $years end
order by cik, after
