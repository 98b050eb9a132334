import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { newId } from "#kernel/ids.ts"
import { insertMessage, noCounterpart } from "#messages/index.ts"
import { createTeam } from "#people/index.ts"
import { contactOfAccount } from "../contact-of-account.ts"
import { saveNumberAliases } from "../numbers/find-ticket-by-number-or-alias.ts"
import { openSupportTicket } from "../creation/open-support-ticket.ts"
import { customFieldRoutes } from "../fields/custom-field-routes.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  customFieldRoutes(app, kit)
})
const someone = (name: string, role: "user" | "agent" | "admin") =>
  member(desk, { email: `${name}@example.com`, name, role })
const [root, ana, carla] = [
  await someone("root", "admin"),
  await someone("ana", "agent"),
  await someone("carla", "user"),
]
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const [source, elsewhere] = [await openMessageSource(desk, { teamIds: [team.id] }), await openMessageSource(desk)]

let phones = 0
const says = async (text: string, at = source, name = "Carla") =>
  (await at.says(`+5730040${String(++phones).padStart(5, "0")}`, { text, name })).ticket!
const note = (ticketId: string, content: string, isInternal = true) =>
  acting(desk, (act) =>
    insertMessage(act, ticketId, {
      id: newId("msg"),
      connectionId: null,
      externalId: null,
      kind: "message",
      direction: "out",
      senderKind: "user",
      senderId: ana.userId,
      content,
      contentHtml: null,
      isInternal,
      replyTo: null,
      deliveryState: "sent",
      sentAt: desk.now(),
      now: desk.now(),
      ...noCounterpart,
      position: null,
    }),
  )
const finds = async (q: string, who: Client = root, more = "") => {
  const { status, body } = await who.call("GET", `/tickets?q=${encodeURIComponent(q)}${more}`)
  assert.equal(status, 200, JSON.stringify(body))
  const ids = (body["items"] as { id: string }[]).map(({ id }) => id)
  assert.equal(body["total"], ids.length)
  return ids
}

const order = await says("¿Dónde está mi pedido? La guía 20260001 no avanza, escriban a ana.lopez@example.com")
const printer = await says("The printers were charged twice; ¡qué DEVOLUCIÓN tan lenta!")
const foreign = await says("pedido de otra persona: impresora atascada", elsewhere)

test("a text finds its ticket in any case, without accents, and by the beginning of its last word", async () => {
  for (const q of [
    "pedido guía",
    "PEDIDO GUIA",
    "donde esta",
    "pedi",
    "guia 2026",
    "avan",
    "ana.lopez@example.com",
    "lopez",
  ])
    assert.ok((await finds(q)).includes(order.id), q)
  for (const q of ["edido", "pedi guia", "pedido tarjeta", "2026 00"])
    assert.ok(!(await finds(q)).includes(order.id), q)
})

test("words are found by their Spanish and English stems", async () => {
  for (const q of ["pedidos", "guias", "avanzan"]) assert.ok((await finds(q)).includes(order.id), q)
  for (const q of ["printer", "charging", "charge", "devoluciones", "devolucion", "lentas"])
    assert.ok((await finds(q)).includes(printer.id), q)
})

test("words of one search may stand in different messages, in the subject or in the description", async () => {
  await note(order.id, "hablado con la transportadora", false)
  assert.deepEqual(await finds("transportadora guia"), [order.id])
  const opened = await acting(desk, (act) =>
    openSupportTicket(act, { subject: "Tóner vacío", description: "La máquina del segundo piso", channel: "phone" }),
  )
  await note(opened.id, "llega el repuesto", false)
  for (const q of ["toner", "maquinas piso", "toner repuestos", "toner maquina repues"])
    assert.deepEqual(await finds(q), [opened.id], q)
  await desk.db.kysely.updateTable("tickets").set({ subject: "Cartucho" }).where("id", "=", opened.id).execute()
  assert.deepEqual(await finds("toner"), [])
  assert.deepEqual(await finds("cartuchos maquina"), [opened.id])
})

test("87: a note is found by staff and by nobody else", async () => {
  const own = await acting(desk, async (act) => {
    const { contactId, identityId } = await contactOfAccount(act, carla.userId)
    const made = await openSupportTicket(
      { ...act, actor: { kind: "user", id: carla.userId } },
      {
        subject: "Mi televisor",
        description: "no enciende",
        channel: "web",
        contactId,
        requesterIdentityId: identityId,
      },
    )
    return made
  })
  await note(own.id, "cliente sospechoso, fraude probable")
  await note(own.id, "Lo revisamos mañana", false)
  assert.deepEqual(await finds("televisor", carla), [own.id])
  assert.deepEqual(await finds("revisamos", carla), [own.id])
  assert.deepEqual(await finds("fraude", carla), [])
  assert.deepEqual(await finds("televisor fraude", carla), [])
  assert.deepEqual(await finds("fraud", carla), [])
  assert.deepEqual(await finds("fraude"), [own.id])
})

test("76: a search narrows what one may see and never widens it", async () => {
  assert.deepEqual((await finds("pedido")).toSorted(), [order.id, foreign.id].toSorted())
  assert.deepEqual(await finds("pedido", ana), [order.id])
  assert.deepEqual(await finds("atascada", ana), [])
  assert.deepEqual(await finds(foreign.number, ana), [])
  assert.deepEqual(await finds(foreign.id, ana), [])
  assert.deepEqual(await finds("pedido", carla), [])
  assert.deepEqual(await finds("pedido", root, "&phase=closed"), [])
})

test("a number finds its ticket however it is written, and bare digits also what is written in a text", async () => {
  const digits = String(Number(printer.number.slice(4)))
  for (const q of [printer.number, printer.number.toLowerCase(), `tkt ${digits}`, printer.id])
    assert.deepEqual(await finds(q), [printer.id], q)
  assert.ok((await finds(digits)).includes(printer.id))
  assert.deepEqual(await finds("20260001"), [order.id])
})

const hadNumbers = (ticketId: string, ...numbers: string[]) =>
  acting(desk, (act) =>
    saveNumberAliases(
      act,
      numbers.map((alias) => ({ ticketId, alias })),
    ),
  )
const opens = async (ref: string, who: Client = root) => {
  const { status, body } = await who.call("GET", `/tickets/${encodeURIComponent(ref)}`)
  return status === 200 ? body["id"] : status
}

test("an earlier number leads to its ticket where no ticket bears it and no other had it, however it is written", async () => {
  await hadNumbers(order.id, "TKT-0900001", "ZD-77", "1733000000000", " ", "PENDIENTE", foreign.number)
  for (const ref of ["TKT-900001", "tkt 900001", "900001", "#900001", "ZD-77", "zd-77", " #zd-77", "1733000000000"]) {
    assert.equal(await opens(ref), order.id, ref)
    assert.deepEqual(await finds(ref), [order.id], ref)
  }
  assert.equal(await opens("ZD-7"), 404)
  const { rows } = await desk.db.pool.query("select alias from ticket_number_aliases where alias !~ '[0-9]'")
  assert.deepEqual(rows, [], "what nobody can look up is not kept")
  assert.equal(await opens(foreign.number), foreign.id, "a ticket bears it")
  await hadNumbers(printer.id, "zd-77")
  assert.equal(await opens("ZD-77"), 404, "two had it")
})

test("search finds who bears a number and who had it, each through its reader's eyes", async () => {
  const both = [order.id, foreign.id].toSorted()
  for (const q of [foreign.number, `#${Number(foreign.number.slice(4))}`])
    assert.deepEqual((await finds(q)).toSorted(), both, q)
  assert.deepEqual((await finds("Zd-77")).toSorted(), [order.id, printer.id].toSorted())
  assert.deepEqual(await finds(foreign.number, ana), [order.id])
  assert.equal(await opens(foreign.number, ana), 404)
  await hadNumbers(foreign.id, "INC-2024-001")
  assert.deepEqual([await finds("inc-2024-001", ana), await opens("inc-2024-001", ana)], [[], 404])
  assert.deepEqual([await finds("inc-2024-001", carla), await opens("inc-2024-001", carla)], [[], 404])
  assert.deepEqual([await finds("inc-2024-001"), await opens("inc-2024-001")], [[foreign.id], foreign.id])
})

test("the beginning of a contact's name finds their tickets", async () => {
  const named = await says("hola", source, "Damián Rueda")
  assert.deepEqual(await finds("damián ru"), [named.id])
})

test("86: wildcards, operators and marks of the query language are plain text or nothing", async () => {
  for (const q of ["%", "_", "%%", "\\", "*", ":*", "&", "|", "!", "<->", "'", "( )", "¿?", "👍"])
    assert.deepEqual(await finds(q), [], q)
  for (const q of [
    "pedi:*",
    "gui%",
    "pedido & guia",
    "!pedido guia",
    "pedido | guia",
    "(pedido",
    "'pedido'",
    "pedido:A",
  ])
    assert.ok(!(await finds(q)).includes(printer.id), q)
  assert.ok((await finds("pedido & guia")).includes(order.id))
  assert.deepEqual(await finds("pedido | devolucion"), [])
})

test("86: a search is 1 to 200 characters", async () => {
  assert.equal((await root.call("GET", "/tickets?q=")).status, 400)
  assert.equal((await root.call("GET", "/tickets?q=%20%20")).status, 400)
  assert.equal((await root.call("GET", `/tickets?q=${"a".repeat(201)}`)).status, 400)
  assert.equal((await root.call("GET", `/tickets?q=${"a ".repeat(100)}`)).status, 200)
})

test("what is committed is found, and what moves to another ticket is found there", async () => {
  const [from, to] = [await says("zanahoria"), await says("hola")]
  await desk.db.kysely.updateTable("messages").set({ ticketId: to.id }).where("ticketId", "=", from.id).execute()
  assert.deepEqual(await finds("zanahoria"), [to.id])
})

test("a desk's own fields are filters, by any of several values, for whom they are known", async () => {
  const field = (key: string, isPublic: boolean) =>
    root.call("POST", "/custom-fields", { key, label: key, type: "text", kinds: ["conversation"], isPublic })
  assert.deepEqual([(await field("region", true)).status, (await field("margin", false)).status], [201, 201])
  const patched = await root.call("PATCH", `/tickets/${order.id}`, {
    customFields: { region: "Norte", margin: "bajo" },
  })
  assert.equal(patched.status, 200, JSON.stringify(patched.body))
  const listed = async (query: string, who = root) => {
    const { status, body } = await who.call("GET", `/tickets?${query}`)
    return status === 200
      ? (body["items"] as { id: string }[]).map(({ id }) => id)
      : (body["errors"] as { path: string }[])[0]!.path
  }
  assert.deepEqual(await listed("customFields.region=norte"), [order.id])
  assert.deepEqual(await listed("customFields.region=sur&customFields.region=NORTE"), [order.id])
  assert.deepEqual(await listed("customFields.region=norte&customFields.margin=alto"), [])
  assert.deepEqual(await listed("customFields.colour=x"), "customFields.colour")
  assert.deepEqual(await listed("customFields.=x"), "customFields.")
  assert.deepEqual(await listed("customFields.margin=bajo", ana), [order.id])
  // Or a customer could try values until one finds their ticket.
  assert.deepEqual(await listed("customFields.margin=bajo", carla), "customFields.margin")
  assert.deepEqual(await listed("customFields.region=norte", carla), [])
})
