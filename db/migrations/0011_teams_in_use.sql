-- A connection names its teams in an array, which no foreign key can watch: a team that was removed refused every first
-- message of its connection. What names a team that is gone forgets it, and from now on such a team stays.
update connections set team_ids = array(select team from unnest(team_ids) as team where team in (select id from teams));

create function refuse_team_in_use() returns trigger language plpgsql as $$
begin
  if exists (select from connections where deleted_at is null and team_ids @> array[old.id]) then
    raise exception 'connections give their tickets to team %', old.id using errcode = 'foreign_key_violation';
  end if;
  return old;
end $$;
create trigger teams_in_use before delete on teams for each row execute function refuse_team_in_use();
