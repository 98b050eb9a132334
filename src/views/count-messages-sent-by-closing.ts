// What ending many tickets would say to their customers: farewells of connections, and mail. Read across, nothing is written.
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import { channels } from "#channels/index.ts"
import { lastHeardSql, undeliveredSql } from "#messages/index.ts"
import { type Principal, readableIdentitiesJoin } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { isMailedSql, visibleAmong } from "#tickets/index.ts"
import { type Announcement, announcementKinds, type Announcements, type announcementsBody } from "./api-contract.ts"
import type { z } from "zod"

/** How long after the customer's last message a connection of that kind may be written to. */
const replyWindows = Object.entries(channels).flatMap(([kind, { replyLimits }]) =>
  replyLimits?.windowMs ? [{ kind, ms: replyLimits.windowMs }] : [],
)

type AnnouncementsQuery = z.output<typeof announcementsBody>

type EndedTicket = { id: string; number: string; name: string | null; undelivered: number } & Record<
  Announcement,
  boolean
>

/** By the same rules as `send-farewell`, `send-survey` and the mail to customers: who would be notified, and of what; and what did not arrive. */
export async function countAnnouncements(
  { db }: Kit,
  who: Principal,
  { tickets, status }: AnnouncementsQuery,
): Promise<Announcements> {
  const ids = [...(await visibleAmong(db, who, tickets))]
  const mailed = await readSetting(db, "support.mailCustomers")
  const asked = await readSetting(db, "support.survey")
  const { rows } = await sql<EndedTicket>`
    select t.id, t.number, c.name, coalesce(${status === "closed"} and t.kind = 'conversation' and not t.is_group
        and coalesce(n.farewell_text, '') <> '' and n.enabled
        and (w.ms is null or spoken.at > now() - w.ms * interval '1 millisecond'), false) as farewell,
      coalesce(${mailed} and t.kind = 'support' and t.connection_id is null and reachable.yes, false) as mail,
      coalesce(t.campaign_shipment_id is null and not t.is_group and c.blocked is not true
        and case when t.kind = 'support' then ${asked} else t.kind = 'conversation' and ${status === "closed"} and n.survey end
        and case when t.connection_id is null then ${mailed} and coalesce(reachable.yes, false) or heard.connection_id is not null
            and (hw.ms is null or heard.sent_at > now() - hw.ms * interval '1 millisecond' or h.survey_template is not null)
          else n.enabled and (w.ms is null or spoken.at > now() - w.ms * interval '1 millisecond' or n.survey_template is not null) end,
        false) as survey,
      failed.n::int as undelivered
    from tickets t left join connections n on n.id = t.connection_id left join contacts c on c.id = t.contact_id
      left join jsonb_to_recordset(${JSON.stringify(replyWindows)}::jsonb) as w (kind text, ms int8) on w.kind = n.kind
      left join lateral (select max(m.sent_at) as at from messages m
        where m.ticket_id = t.id and m.direction = 'in' and m.kind = 'message') spoken on w.ms is not null
      left join lateral (select true as yes from contact_identities e ${sql.raw(readableIdentitiesJoin("e.value"))}
        where e.contact_id = c.id and not c.blocked and not c.is_group and ${sql.raw(isMailedSql("t"))} limit 1) reachable on true
      left join lateral (${lastHeardSql(sql.ref("c.id"))}) heard on ${asked} and t.kind = 'support' and t.connection_id is null
      left join connections h on h.id = heard.connection_id
      left join jsonb_to_recordset(${JSON.stringify(replyWindows)}::jsonb) as hw (kind text, ms int8) on hw.kind = h.kind
      cross join lateral (select count(*) as n from messages m where m.ticket_id = t.id and ${sql.raw(undeliveredSql("m"))}) failed
    where t.id = any(${ids}::text[]) and t.merged_into is null and t.phase in ('new', 'active', 'waiting')
    order by length(t.number), t.number`.execute(db.kysely)
  return summed(rows)
}

function summed(tickets: EndedTicket[]): Announcements {
  const countOf = (announcement: Announcement) => tickets.filter((ticket) => ticket[announcement]).length
  const customers = tickets.map(({ id, number, name, ...ticket }) => ({
    ticket: { id, number },
    name: name ?? "",
    gets: announcementKinds.filter((announcement) => ticket[announcement]),
  }))
  return {
    farewells: countOf("farewell"),
    mails: countOf("mail"),
    surveys: countOf("survey"),
    undelivered: tickets.reduce((sum, { undelivered }) => sum + undelivered, 0),
    customers: customers.filter(({ gets }) => gets.length > 0),
  }
}
