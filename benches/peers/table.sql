-- DuckDB: the columns of script.py from FILE into OUT, on two threads.
SET threads = 2;
COPY (
  SELECT o.id, o.name, o.kind, o.region, o.parent,
    array_to_string(o.addresses[1].uses, ' ') AS address_1_uses,
    array_to_string(o.addresses[1].address_lines, chr(10)) AS address_1_lines,
    o.addresses[1].post_office_box AS address_1_post_office_box,
    o.addresses[1].locality AS address_1_locality,
    o.addresses[1].administrative_area AS address_1_administrative_area,
    o.addresses[1].postal_code AS address_1_postal_code,
    o.addresses[1].country AS address_1_country,
    array_to_string(o.addresses[2].uses, ' ') AS address_2_uses,
    array_to_string(o.addresses[2].address_lines, chr(10)) AS address_2_lines,
    o.addresses[2].post_office_box AS address_2_post_office_box,
    o.addresses[2].locality AS address_2_locality,
    o.addresses[2].administrative_area AS address_2_administrative_area,
    o.addresses[2].postal_code AS address_2_postal_code,
    o.addresses[2].country AS address_2_country,
    o.phones[1].type AS phone_1_type, o.phones[1].number AS phone_1_number,
    o.phones[2].type AS phone_2_type, o.phones[2].number AS phone_2_number,
    o.phones[3].type AS phone_3_type, o.phones[3].number AS phone_3_number,
    o.websites[1].url AS website_1
  FROM OFFICES
) TO 'OUT' (HEADER, FORCE_QUOTE *);
