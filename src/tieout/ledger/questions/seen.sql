-- What was known on the day, of the concepts asked for, with its length; of one period the first concept counts.
with seen as (
    select *, "end" - start + 1 as days, list_position($names, taxonomy || ':' || concept) as place
    from read_parquet($files)
    where concept in ($concepts) and known <= $day and (superseded is null or superseded > $day)
), spanned as (
    select *, case when start is null then 'instant' else span_of(days) end as span
    from seen where place is not null
), told as (
    select * from spanned qualify row_number() over (partition by cik, unit, start, "end" order by place) = 1
)
