-- The board of agreements: what acts next, then the others, the newest first; a page of it is read in this order.
create index agreements_board on agreements (work_closed_at, id desc);
