-- Each try of a mail makes its link anew; the mail names it, so that the link of the try before ends.
alter table sign_in_links add mail_id text;
alter table password_links add mail_id text;
create index sign_in_links_of_mail on sign_in_links (mail_id) where mail_id is not null;
create index password_links_of_mail on password_links (mail_id) where mail_id is not null;
