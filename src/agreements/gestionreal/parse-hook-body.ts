// The bodies that Gestión Real posts: keys in Spanish prose, or in snake case; numbers also as texts; times of Argentina's clocks.
import { createHash } from "node:crypto"
import { foldedLine } from "#kernel/http/input-fields.ts"
import { exceedsJsonLimits } from "#kernel/http/json-limits.ts"

/** Field by field, "" for what is missing; `number` and `workNumber` are decimal digits without zeros in front. */
export type HookBody = {
  number: string
  workNumber: string
  customerNumber: string
  company: string
  motive: string
  createdAt: Date | null
  closedAt: Date | null
  closureDescription: string
  /** It has what closures alone say, readable or not. */
  saysClosed: boolean
  /** The same for the same content, however it is spelled. */
  digest: string
}
export type ParsedHookBody = { ok: true; body: HookBody } | { ok: false; error: string }

// As its pages call them, in lower case without accents and with single spaces; the original wins over the snake case.
const originals = {
  nombre_empresa: "nombre de la empresa",
  numero_ticket: "numero de ticket",
  fecha_creado: "fecha_creado",
  departamento: "departamento creacion del ticket",
  canal_entrada: "canal por el que entro el ticket",
  motivo_contacto: "motivo de contacto",
  numero_cliente: "numero de cliente",
  nombre_usuario: "nombre y apellido del usuario",
  fecha_cerrado: "fc",
  asignado: "asignado",
  descripcion_cierre: "descripciondelcierre",
  motivo: "motivo",
  tiempo_vida_ticket: "tiempo_vida_ticket",
  tiempo_trabajo_real: "tiempo_trabajo_real",
  tiempo_reaccion: "tiempo_reaccion",
  splynx_id: "splynx_id",
}
export type HookField = keyof typeof originals
const fieldNames = Object.keys(originals) as HookField[]

const inClosuresAlone: readonly HookField[] = [
  "fecha_cerrado",
  "asignado",
  "descripcion_cierre",
  "tiempo_vida_ticket",
  "tiempo_trabajo_real",
  "tiempo_reaccion",
]

/** `required`: the fields without which it says nothing. The errors are those of its documentation. */
export function parseHookBody(text: string, required: readonly HookField[]): ParsedHookBody {
  const object = readObject(text)
  if (!object) return { ok: false, error: "Body JSON requerido" }
  const fields = fieldsOf(object)
  const missing = required.find((name) => fields[name] === "")
  if (missing) return { ok: false, error: `Campo ${missing} es requerido` }
  const number = canonicalNumber(fields.numero_ticket)
  if (number === null) return { ok: false, error: "Campo numero_ticket debe ser numérico" }
  const workNumber = fields.splynx_id && canonicalNumber(fields.splynx_id)
  if (workNumber === null) return { ok: false, error: "Campo splynx_id debe ser numérico" }
  const body: HookBody = {
    number,
    workNumber,
    customerNumber: fields.numero_cliente,
    company: fields.nombre_empresa,
    motive: fields.motivo_contacto || fields.motivo,
    createdAt: instantIn(fields.fecha_creado),
    closedAt: instantIn(fields.fecha_cerrado),
    closureDescription: fields.descripcion_cierre,
    saysClosed: inClosuresAlone.some((name) => fields[name] !== ""),
    digest: digestOf({ ...fields, numero_ticket: number, splynx_id: workNumber }),
  }
  return { ok: true, body }
}

function readObject(text: string): object | null {
  if (exceedsJsonLimits(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

type Fields = Record<HookField, string>

function fieldsOf(object: object): Fields {
  const given = new Map<string, string>()
  for (const [key, value] of Object.entries(object)) {
    const known = foldKey(key.slice(0, longestKey))
    if (!given.get(known)) given.set(known, textOf(value))
  }
  const read = (name: HookField) => given.get(originals[name]) || given.get(name) || ""
  return Object.fromEntries(fieldNames.map((name) => [name, read(name)])) as Fields
}

// Longer ones are none of ours, and may be slow to fold.
const longestKey = 100

const foldKey = (key: string) =>
  key.normalize("NFD").replaceAll(/\p{M}/gu, "").trim().replaceAll(/\s+/g, " ").toLowerCase()

// What is no text and no number, such as true or a list, stays recognisable as neither; so does a number that has lost digits.
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return "?"
  return foldedLine(typeof value === "string" ? value : (JSON.stringify(value) ?? ""), 500)
}

const largest = 9_223_372_036_854_775_807n

function canonicalNumber(text: string): string | null {
  if (!/^\d{1,30}$/.test(text)) return null
  const number = BigInt(text)
  return number > 0n && number <= largest ? String(number) : null
}

// Its servers stand in Argentina and say no zone.
const zone = "America/Argentina/Buenos_Aires"

function instantIn(text: string): Date | null {
  const [, day, month, year, time] = /^(\d{2})-(\d{2})-(\d{4})[ T](\d{2}:\d{2}:\d{2})$/.exec(text) ?? []
  if (day === undefined) return null
  try {
    const local = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${time}`, { overflow: "reject" })
    return new Date(local.toZonedDateTime(zone).epochMilliseconds)
  } catch {
    return null
  }
}

const digestOf = (fields: Fields) =>
  createHash("sha256")
    .update(JSON.stringify(fieldNames.map((name) => fields[name])))
    .digest("hex")
