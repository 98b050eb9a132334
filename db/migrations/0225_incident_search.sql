-- Somebody who looks for a shipment has its whole tracking number or one end of it, as people read them out.
create index incidents_by_guia on incidents (guia text_pattern_ops);
create index incidents_by_guia_end on incidents (reverse(guia) text_pattern_ops);
