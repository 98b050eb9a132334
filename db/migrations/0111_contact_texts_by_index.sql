-- A session keeps the plans of its functions until the table is next analyzed. A plan made while `contact_texts` filled a page
-- or two read it whole, also when ten thousand people had been added since: a millisecond for each new contact and ticket.
alter function contact_keeps_text() set enable_seqscan to off;
alter function identity_keeps_text() set enable_seqscan to off;
alter function keep_contact_text(text) set enable_seqscan to off;
alter function person_words(text, text) set enable_seqscan to off;
alter function ticket_words(tickets) set enable_seqscan to off;
