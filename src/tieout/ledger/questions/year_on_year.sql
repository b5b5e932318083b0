-- Each value beside that of the period a year before, of the same length: 51 to 53 weeks earlier, the nearest.
, dated as (
    select *, ("end" - date '1970-01-01') * 100 // 3044 as month from told where span <> 'other'
), bases as (
    select *, unnest([month + 11, month + 12, month + 13]) as later from dated
)
select now.cik, now.unit, now.span, now.start, now."end", now.digits, now.exponent, now.known,
       base.start as base_start, base."end" as base_end, base.digits as base_digits,
       base.exponent as base_exponent, base.known as base_known,
       case when base.digits > 0
           then now.digits * 10.0 ** (now.exponent - base.exponent) / base.digits - 1 end::double as growth
from dated now
join bases base on base.cik = now.cik and base.unit = now.unit and base.span = now.span
    and base.later = now.month
where now."end" - base."end" between 357 and 373
qualify row_number() over (
    partition by now.cik, now.unit, now.start, now."end"
    order by abs(now."end" - base."end" - 365), base."end", base.start
) = 1
order by now.cik, now.unit, now."end", now.start
