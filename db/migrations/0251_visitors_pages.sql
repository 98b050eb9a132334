-- Whether customers write on a page of the desk's own site is asked of every new desk: by the bytes of the page, whose addresses begin alike.
create index contact_identities_by_page on contact_identities (page collate "C") where page is not null;
