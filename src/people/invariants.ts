import { purgeAll } from "#kernel/jobs/cleanup.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { endExpiredSessions } from "./sessions/session-store.ts"

export const peopleInvariants: Invariant[] = [
  {
    name: "somebody_administers",
    why: "Once there is staff, at least one admin can sign in.",
    remedy: "Make one: hilo user create --role admin.",
    find: `select 'no admin has a password and is switched on'
      where exists (select from users where role <> 'user' and password_hash is not null)
        and not exists (select from users where role = 'admin' and password_hash is not null and disabled_at is null)`,
  },
  {
    name: "default_team",
    why: "Where there are teams, one of them takes what nothing else gives a team.",
    remedy: "Make a team the default one (Settings, Teams).",
    find: "select 'no team is the default one' where exists (select from teams) and not exists (select from teams where is_default)",
  },
  {
    name: "sessions",
    why: "Sessions that are over are tidied away within a day.",
    remedy: "removes them.",
    find: "select user_id from sessions where expires_at < now() - interval '25 hours'",
    repair: purgeAll(endExpiredSessions),
  },
]
