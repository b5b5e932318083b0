-- Each company's latest value of periods of one length.
select cik, unit, start, "end", digits, exponent, decimals, taxonomy, concept, accession, form, known, restated,
       disputed
from spanned
where span = $span
qualify row_number() over (partition by cik, unit order by "end" desc, place, start) = 1
order by cik, unit
