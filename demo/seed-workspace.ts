// The shop before its first customer: people, teams, connections, categories and a campaign. What is there already is used.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { createCampaign, addRecipient } from "#campaigns/change-campaigns.ts"
import { createContact } from "#contacts/index.ts"
import { createCalendar } from "#calendars/index.ts"
import { changeConnection, createConnection } from "#connections/index.ts"
import { replaceTemplates } from "#connections/template-store-and-sync.ts"
import {
  changeTeam,
  createTeam,
  createUser,
  defaultTeamId,
  hashPassword,
  type Principal,
  userByEmail,
} from "#people/index.ts"
import { changeSetting, readSetting } from "#settings/index.ts"
import { createCategory } from "#tickets/categories/change-categories.ts"
import { carla, customers, staff, type StaffName } from "./staff-and-customers.ts"
import { categoryNames } from "./stories/story.ts"
import { seedMacrosFieldsAndViews } from "./seed-macros-fields-and-views.ts"
import { type DemoMailServer, mailboxAddress, mailboxPassword } from "./mail/mail-server.ts"
import { noticeTemplate, whatsappNumber } from "./scenes/whatsapp-scenes.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

export const advertisedCount = 24
const country = "CO"
const supportTeam: StaffName[] = ["alma", "sol", "ana", "bruno"]
const salesTeam: StaffName[] = ["sol", "bruno", "teo"]
const shippingTeam: StaffName[] = ["sol", "bruno"]
const withHours: StaffName[] = ["bruno", "teo"]

type Opening = { password: string; now: Date; mail: Pick<DemoMailServer, "imapPort" | "smtpPort"> }

/** Opens the shop at `now`, some time before its first scene. */
export async function seedWorkspace(
  db: Database,
  secrets: Secrets,
  { password, now, mail }: Opening,
): Promise<Workspace> {
  const passwordHash = await hashPassword(password)
  return inTransaction(db, { actor: system, now }, async (act) => {
    const { teams, made } = await prepare(act)
    const calendarId = await openCalendar(act)
    const ids = await hire(act, { teams, made, calendarId, passwordHash })
    const connections = await createConnections(act, secrets, { teams, calendarId, mail })
    const shop = {
      people: principals(ids, teams),
      carla: await admitCarla(act, passwordHash),
      teams,
      connections,
      categories: await nameCategories(act),
      shipments: await planCampaign(act, connections.orders),
      calendarId,
    }
    await seedMacrosFieldsAndViews(act, shop)
    return shop
  })
}

type Ids = Record<StaffName, string>

/** Teams of the desk that are there keep their leads; those that are made are led by Sol. */
async function prepare(act: Act): Promise<{ teams: Workspace["teams"]; made: string[] }> {
  const made: string[] = []
  const make = async (name: string, isDefault: boolean) => {
    const { id } = await createTeam(act, { name, isDefault })
    made.push(id)
    return id
  }
  const support = (await defaultTeamId(act)) ?? (await make("Soporte", true))
  const team = async (name: string) => (await named(act, "teams", name)) ?? (await make(name, false))
  const [sales, shipping] = [await team("Ventas"), await team("Despachos")]
  await changeSetting(act, "incidents.teamId", shipping)
  // As the set-up asks for it. Where a desk is already, its numbers are read.
  if ((await readSetting(act, "desk.name")) === "") await changeSetting(act, "desk.name", "Andina")
  if ((await readSetting(act, "desk.country")) === null) await changeSetting(act, "desk.country", country)
  return { made, teams: { support, sales, shipping } }
}

type Hiring = { teams: Workspace["teams"]; made: string[]; calendarId: string; passwordHash: string }

/** Bruno and Teo get new work in the shop's hours alone, the others whenever they are there. */
async function hire(act: Act, { teams, made, calendarId, passwordHash }: Hiring): Promise<Ids> {
  const ids: Partial<Ids> = {}
  for (const [key, person] of Object.entries(staff)) {
    const name = key as StaffName
    const known = await userByEmail(act.tx, person.email)
    const teamIds = teamsOf(name, teams)
    const hours = withHours.includes(name) ? { calendarId } : {}
    ids[name] = known?.id ?? (await createUser(act, { ...person, ...hours, teamIds, passwordHash })).id
  }
  for (const team of made) await changeTeam(act, team, { leadIds: [ids.sol!] })
  return ids as Ids
}

const teamsOf = (name: StaffName, { support, sales, shipping }: Workspace["teams"]) => [
  ...(supportTeam.includes(name) ? [support] : []),
  ...(salesTeam.includes(name) ? [sales] : []),
  ...(shippingTeam.includes(name) ? [shipping] : []),
]

/** A customer with an account, known by number and address before they first write. */
async function admitCarla(act: Act, passwordHash: string): Promise<Principal> {
  const { name, email, role, language } = carla
  const known = await userByEmail(act.tx, email)
  const id = known?.id ?? (await createUser(act, { ...carla, passwordHash })).id
  const identities = [
    { kind: "phone", value: customers(0)[0]!.phone },
    { kind: "email", value: email },
  ] as const
  if (!known) await createContact(act, { name, language, tier: "Oro", identities: [...identities] })
  return { kind: "user", id, role, teamIds: [], language, timezone: "America/Bogota" }
}

async function createConnections(
  act: Act,
  secrets: Secrets,
  { teams, calendarId, mail }: Pick<Workspace, "teams" | "calendarId"> & Pick<Opening, "mail">,
): Promise<Workspace["connections"]> {
  const connection = async (kind: "api" | "webchat", name: string, teamIds: string[]) =>
    (await named(act, "connections", name)) ?? (await createConnection(act, secrets, { kind, name, teamIds }))
  return {
    chat: await connection("webchat", "Chat de la tienda", []),
    orders: await connection("api", "Pedidos", [teams.support]),
    wholesale: await connection("api", "Ventas mayoristas", [teams.sales]),
    whatsapp: await openNumber(act, secrets, { teamIds: [teams.support], calendarId }),
    mail: await openMailbox(act, secrets, mail, teams.support),
  }
}

/** The hours of `when-shop-is-open.ts`, and the holidays of the desk's country. */
async function openCalendar(act: Act): Promise<string> {
  const name = "Soporte"
  return (
    (await named(act, "calendars", name)) ??
    (await createCalendar(act, {
      name,
      timezone: "America/Bogota",
      intervals: [1, 2, 3, 4, 5, 6].map((day) => ({ day, from: "08:00", to: "18:00" })),
      holidays: [{ date: `${act.now.getUTCFullYear()}-12-24`, name: "Nochebuena", yearly: true }],
      holidayCountry: await readSetting(act, "desk.country"),
    }))
  )
}

/** Without a token: nothing of the stories can leave by it. */
async function openNumber(
  act: Act,
  secrets: Secrets,
  place: { teamIds: string[]; calendarId: string },
): Promise<string> {
  const name = "WhatsApp de la tienda"
  const known = await named(act, "connections", name)
  if (known !== undefined) return known
  const id = await createConnection(act, secrets, {
    kind: "whatsapp",
    name,
    ...place,
    settings: whatsappNumber,
  })
  await replaceTemplates(act, id, [noticeTemplate])
  return id
}

/** At the servers of this demo; one of a demo before gets their addresses. */
async function openMailbox(act: Act, secrets: Secrets, mail: Opening["mail"], teamId: string): Promise<string> {
  const name = "Correo de la tienda"
  const at = (port: number) => ({ host: "127.0.0.1", port, security: "none" as const, user: mailboxAddress })
  const servers = { imap: at(mail.imapPort), smtp: at(mail.smtpPort), password: mailboxPassword }
  const known = await named(act, "connections", name)
  if (known !== undefined) {
    await changeConnection(act, secrets, known, { settings: servers })
    return known
  }
  const settings = { address: mailboxAddress, name: "Andina", auth: "password", ...servers }
  return createConnection(act, secrets, { kind: "email", name, teamIds: [teamId], settings })
}

/** A dot on a line, 32 pixels high. */
const chatLogo = `data:image/png;base64,${[
  "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAAiklEQVR42u3XQQqAMAwEwP7An3r0+3oSirQ2ySZ0SxPwJGzmYGtS",
  "ykp1XOf9Pt+q34U1lQLcML1QDcCM+AvUAtSIUZgFIEZIgqyAIUIaggC6CE0ACmgi9gagzWGER3PoY/Rqbj6SCUjAMoDpxzDsIsp/",
  "AQVg+kBCMZJRDKUUYznFYkKxmlEsp9H1AGAQ9nO3ifMLAAAAAElFTkSuQmCC",
].join("")}`

/** What the chat says by itself: set last, or it would be said in every conversation of the past. */
export function enableGreeting(db: Database, secrets: Secrets, { connections, calendarId }: Workspace, now: Date) {
  return inTransaction(db, { actor: system, now }, (act) =>
    changeConnection(act, secrets, connections.chat, {
      greeting: "¡Hola! 👋 Escríbenos: contestamos de lunes a sábado, de 8 a 18 h.",
      calendarId,
      outOfHoursText: "Ahora estamos cerrados. Su mensaje queda aquí y lo contestamos apenas abramos.",
      farewellText: "Gracias por escribirnos. Si vuelve a necesitarnos, responda aquí mismo.",
      survey: true,
      settings: { title: "Ayuda de la tienda", logo: chatLogo, color: "#0f766e", position: "right" },
    }),
  )
}

async function nameCategories(act: Act): Promise<Workspace["categories"]> {
  const made: [string, string][] = []
  for (const [key, name] of Object.entries(categoryNames)) {
    made.push([key, (await named(act, "categories", name)) ?? (await createCategory(act, { name }))])
  }
  return Object.fromEntries(made) as Workspace["categories"]
}

async function planCampaign(act: Act, connectionId: string): Promise<string[]> {
  const { id } = await createCampaign(act, { name: "Rebajas de temporada", kind: "marketing", connectionId })
  const shipments: string[] = []
  while (shipments.length < advertisedCount) shipments.push((await addRecipient(act, id, {})).id)
  return shipments
}

async function named(
  act: Act,
  table: "calendars" | "teams" | "connections" | "categories",
  name: string,
): Promise<string | undefined> {
  const row = await act.tx.selectFrom(table).select("id").where("name", "=", name).executeTakeFirst()
  return row?.id
}

function principals(ids: Ids, teams: Workspace["teams"]): Workspace["people"] {
  const made = Object.entries(staff).map(([key, { role, language }]) => {
    const name = key as StaffName
    const teamIds = teamsOf(name, teams)
    const more = { teamIds, language, timezone: "America/Bogota" }
    return [name, { kind: "user", id: ids[name], role, ...more }] as const
  })
  return Object.fromEntries(made) as Workspace["people"]
}
