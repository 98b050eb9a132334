-- The key under which a browser sent a message: by it, and not by its words, its writer's screen knows that it arrived.
alter table messages add column client_key text;
