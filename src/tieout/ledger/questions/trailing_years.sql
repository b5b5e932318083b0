-- Twelve months up to each period end: the year itself, else the last year with the part since for the same part a
-- year before, else four quarters. Where one of the values was restated, they may not belong together: no value.
, years as (
    select cik, unit, "end", exponent as low, digits::hugeint as digits, known, false as restated, 1 as rank
    from told where span = 'year'
), threes as (
    select now.*, least(now.exponent, year.exponent, before.exponent) as low,
           year.digits as year_digits, year.exponent as year_exponent, year.known as year_known,
           before.digits as before_digits, before.exponent as before_exponent, before.known as before_known,
           year.restated or before.restated as mixed
    from told now
    join told year on year.cik = now.cik and year.unit = now.unit and year."end" = now.start - 1
    join told before on before.cik = now.cik and before.unit = now.unit and before.span = now.span
        and before.start = year.start
    where year.span = 'year' and now.span in ('quarter', 'half', 'nine_months')
), parts as (
    select cik, unit, "end", low,
           scaled(digits, exponent, low) + scaled(year_digits, year_exponent, low)
               - scaled(before_digits, before_exponent, low) as digits,
           greatest(known, year_known, before_known) as known, restated or mixed as restated, 2 as rank
    from threes
), fours as (
    select *, lag(start, 1) over ends as start1, lag("end", 1) over ends as end1,
           lag(start, 2) over ends as start2, lag("end", 2) over ends as end2,
           lag(start, 3) over ends as start3, lag("end", 3) over ends as end3,
           lag(digits, 1) over ends as digits1, lag(exponent, 1) over ends as exponent1,
           lag(digits, 2) over ends as digits2, lag(exponent, 2) over ends as exponent2,
           lag(digits, 3) over ends as digits3, lag(exponent, 3) over ends as exponent3,
           max(known) over last as latest, bool_or(restated) over last as mixed, min(exponent) over last as low
    from told where span = 'quarter'
    window ends as (partition by cik, unit order by "end", start),
           last as (partition by cik, unit order by "end", start rows 3 preceding)
), quarters as (
    select cik, unit, "end", low,
           scaled(digits, exponent, low) + scaled(digits1, exponent1, low) + scaled(digits2, exponent2, low)
               + scaled(digits3, exponent3, low) as digits,
           latest as known, mixed as restated, 3 as rank
    from fours
    where start = end1 + 1 and start1 = end2 + 1 and start2 = end3 + 1 and "end" - start3 + 1 between 357 and 373
), found as (
    from years union all from parts union all from quarters
)
select cik, unit, "end", case when not restated then digits::decimal(38, 0) end as digits, low as exponent, known,
       case when restated then 'restated' else ['year', 'year and part', 'four quarters'][rank] end as how
from found
where digits is not null
qualify row_number() over (partition by cik, unit, "end" order by restated, rank, known, digits) = 1
order by cik, unit, "end"
