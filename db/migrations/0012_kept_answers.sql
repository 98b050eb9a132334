-- jsonb orders keys its own way: a repeated request got the same answer in other bytes.
alter table idempotency_keys alter column body type json using body::json;
