"""Rows of a made-up market, of the shape that company facts have, as many as are asked for.

Companies report some concepts every quarter and others seldom; a filing repeats the year before, a 10-Q tells
the quarter and the year to date, a 10-K the year; about one value in twenty is restated when told again.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from tieout.ledger.columns import BUCKETS, SCHEMA

QUARTERS = 60
"""Fifteen years, from 2010."""
CONCEPTS = 6000
_ROWS = """
with companies as (
    select (i * {buckets} + $bucket + 1000 * {buckets})::integer as cik,
           hash(i, $bucket) % 40 as born,
           1 + hash(i, $bucket, 'size') % 100 as size
    from range($first, $last) t(i)
), concepts as (
    select k, 'Concept' || k || repeat('OfSomeLength', 1 + (k % 3)::integer) as concept,
           k % 5 < 3 as flow, case when k % 40 = 7 then 'USD/shares' else 'USD' end as unit
    from range({concepts}) t(k)
), reported as (
    select * from companies, concepts
    where hash(cik, k) % 1000000 < size * (case when k < 60 then 9000 else 30000.0 / k end)
), told(fiscal, flow, ago, long) as (
    values (0, true, 0, 1), (0, true, 4, 1),
           (1, true, 0, 1), (1, true, 4, 1), (1, true, 0, 2), (1, true, 4, 2),
           (2, true, 0, 1), (2, true, 4, 1), (2, true, 0, 3), (2, true, 4, 3),
           (3, true, 0, 4), (3, true, 4, 4), (3, true, 8, 4),
           (0, false, 0, 0), (0, false, 1, 0), (1, false, 0, 0), (1, false, 2, 0),
           (2, false, 0, 0), (2, false, 3, 0), (3, false, 0, 0), (3, false, 4, 0)
), filings as (
    select r.*, q, q - ago as period, long, fiscal
    from reported r, range({quarters}) t(q), told
    where q >= born and told.fiscal = q % 4 and told.flow = r.flow
      and hash(cik, k, q // 12) % 3 > 0
)
select cik, 'us-gaap' as taxonomy, concept, '' as dimensions, unit,
       case when long > 0 then (date '2010-01-01' + interval ((period - long + 1) * 3) month)::date
       end as start, ((date '2010-01-01' + interval ((period + 1) * 3) month)::date - 1)::date as end,
       (1 + hash(cik, k, period, long, case when hash(cik, k, period) % 22 = 0 then q end)
           % 99999999)::bigint * 10 + 1 as digits,
       (case when unit = 'USD' then 3 else -2 end)::tinyint as exponent,
       null::tinyint as decimals,
       (cik::bigint * 100000000 + q * 1000 + 17) as accession,
       case when fiscal = 3 then '10-K' else '10-Q' end as form,
       (date '2010-01-01' + interval ((q + 1) * 3) month + interval (25 + cik % 20) day)::date as filed,
       (date '2010-01-01' + interval ((q + 1) * 3) month + interval (25 + cik % 20) day + interval 20 hour)
           ::timestamptz as accepted,
       '' as document, '' as locator, 'made' || cik as digest, 'actual' as scenario, '' as bound
from filings
"""


def tables(companies: int, chunk: int = 100) -> Iterator[pa.Table]:
    """Tables of about a quarter of a million rows, each of one bucket; a company has some 2,800 rows."""
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set timezone = 'UTC'; set memory_limit = '1GB'")
        query = _ROWS.format(buckets=BUCKETS, concepts=CONCEPTS, quarters=QUARTERS)
        for bucket in range(BUCKETS):
            held = companies // BUCKETS + (bucket < companies % BUCKETS)
            for first in range(0, held, chunk):
                asked = {"bucket": bucket, "first": first, "last": min(first + chunk, held)}
                yield connection.sql(query, params=asked).to_arrow_table().cast(SCHEMA)
