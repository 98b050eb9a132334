// What staff keep at hand: fields of their own, texts, macros and views. A desk that has them is left as it is.
import type { Act } from "#kernel/act.ts"
import { createMacro } from "#macros/change-macros.ts"
import type { Action } from "#macros/api-contract.ts"
import { createReply } from "#macros/change-saved-replies.ts"
import type { Principal } from "#people/index.ts"
import { createView } from "#views/change-saved-views.ts"
import type { ViewFields } from "#views/api-contract.ts"
import { defineField } from "#tickets/fields/change-custom-fields.ts"
import type { newFieldBody } from "#tickets/fields/api-contract.ts"
import type { z } from "zod"
import type { Workspace } from "./seeded-workspace-type.ts"

export const demoFields: z.output<typeof newFieldBody>[] = [
  { key: "pedido", label: "N.º de pedido", type: "text", isPublic: true },
  { key: "motivo", label: "Motivo", type: "select", options: ["Demora", "Producto dañado", "Cambio", "Facturación"] },
  { key: "prometido", label: "Prometido para", type: "date", isPublic: true },
]

const replies = [
  ["Saludo", "es", "¡Hola, {{contact.firstName}}! Soy {{agent.firstName}}. Ya reviso su caso."],
  ["Pedir factura", "es", "Por favor envíenos la razón social y el NIT, y le llega la factura en 24 horas."],
  ["Greeting", "en", "Hi {{contact.firstName}}, {{agent.firstName}} here. I am looking into {{ticket.number}}."],
] as const

const macros = (shop: Workspace): { name: string; reply: string; isInternal?: true; actions: Action[] }[] => [
  {
    name: "Pedir foto del daño",
    reply: "Lamentamos lo ocurrido, {{contact.firstName}}. ¿Nos envía una foto del producto y otra de la caja?",
    actions: [
      { type: "addTags", value: ["falta-foto"] },
      { type: "categories", value: [shop.categories.warranty] },
    ],
  },
  {
    name: "Buscar con la transportadora",
    reply: "Pedí la prueba de entrega a la transportadora; responden mañana.",
    isInternal: true,
    actions: [
      { type: "priority", value: "high" },
      { type: "snooze", value: 1_200 },
      { type: "addTags", value: ["transportadora"] },
    ],
  },
]

const views = ({ categories, teams }: Workspace): ViewFields[] => [
  {
    name: "Urgentes sin resolver",
    visibility: "all",
    filters: { priority: ["urgent", "high"], phase: ["new", "active"] },
  },
  { name: "Esperan al cliente", visibility: "all", filters: { phase: "waiting", kind: "support" } },
  {
    name: "Envíos de hoy",
    visibility: "team",
    teamId: teams.support,
    filters: { categoryId: categories.shipping, phase: "active" },
  },
]

export async function seedMacrosFieldsAndViews(act: Act, shop: Workspace): Promise<void> {
  const known = await act.tx
    .selectFrom("customFields")
    .select("id")
    .where("key", "=", demoFields[0]!.key)
    .executeTakeFirst()
  if (known) return
  const { alma, ana } = shop.people
  for (const field of demoFields) await defineField(act, field)
  for (const [name, language, content] of replies)
    await createReply(by(act, alma), alma, { name, language, content, visibility: "all" })
  for (const { name, reply: content, isInternal = false, actions } of macros(shop))
    await createMacro(by(act, alma), alma, { name, visibility: "all", reply: { content, isInternal }, actions })
  for (const view of views(shop)) await createView(by(act, alma), alma, view)
  await createView(by(act, ana), ana, {
    name: "Mis devoluciones",
    visibility: "me",
    filters: { assignedTo: "me", categoryId: shop.categories.returns, phase: "active" },
  })
}

const by = (act: Act, actor: Principal): Act => ({ ...act, actor })
