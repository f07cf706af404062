#!/bin/sh
# Run once by the postgres image on an empty data folder: a role and a database per service.
set -eu
for service in identity certification testing fulfillment verification; do
    variable="PASSWORD_$(echo "$service" | tr '[:lower:]' '[:upper:]')"
    eval "password=\$$variable"
    psql -v ON_ERROR_STOP=1 -v name="$service" -v password="$password" -U "$POSTGRES_USER" -d postgres <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
