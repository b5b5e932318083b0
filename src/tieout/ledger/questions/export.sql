-- The rows as a spreadsheet takes them: the value in full.
with rows as (
    select *, abs(digits)::varchar as bare, greatest(-exponent, 0) as behind
    from rows
)
select cik, taxonomy, concept, dimensions, unit, start, "end",
       case when digits < 0 then '-' else '' end ||
       case when behind = 0 then bare || repeat('0', case when digits = 0 then 0 else exponent end)
            when length(bare) > behind then left(bare, length(bare) - behind) || '.' || right(bare, behind)
            else '0.' || repeat('0', behind - length(bare)) || bare end as value,
       case when decimals = 127 then 'exact' else decimals::varchar end as decimals,
       case when accession is not null then printf('%010d-%02d-%06d', accession // 100000000,
           accession // 1000000 % 100, accession % 1000000) end as accession,
       form, filed, accepted, document, locator, digest, scenario, bound
from rows
