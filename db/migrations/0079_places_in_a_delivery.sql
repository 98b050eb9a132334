-- The elements of a delivery take the places after its own. A delivery may be 3 MB long and hold more than a thousand.
alter sequence message_positions increment by 262144;
