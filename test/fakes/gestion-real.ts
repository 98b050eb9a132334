// Gestión Real as far as Hilo knows it: it posts what is opened and closed, in keys of prose with two blanks where it has them, in
// local times, more than once and out of order, and it waits for no answer.
import { createHmac } from "node:crypto"

export const hookBearer = "bearer-of-a-test"
export const hookHmacSecret = "hmac-secret-of-a-test"

export type HookPost = { url: string; payload: string; headers: Record<string, string> }
type Authentication = "bearer" | "signature" | "none"
type Opening = {
  number: number | string
  customer?: number | string
  company?: string
  motive?: string
  splynxId?: string
  at?: Date
}
type Closure = { number: number | string; company?: string; at?: Date | null }

/** `now`: its clock. Whatever happens there waits in `posts` until a test sends it: in order or not, once, twice or never. */
export function createFakeGestionReal(now: () => Date = () => new Date(), authenticatesBy: Authentication = "bearer") {
  const posts: HookPost[] = []
  const post = (path: string, body: object): HookPost => {
    const made = signedHook(path, body, authenticatesBy)
    posts.push(made)
    return made
  }
  return {
    posts,
    opens: ({ at = now(), ...opening }: Opening) => post("nuevo-ticket", openingBody({ ...opening, at })),
    closes: ({ at = now(), ...closure }: Closure) => post("cierre-ticket", closureBody({ ...closure, at })),
  }
}

export function openingBody({
  number,
  customer = 77,
  company = "Red Sur",
  motive = "General Soporte",
  splynxId,
  at,
}: Opening) {
  return {
    "Nombre de la empresa": company,
    "Numero de ticket": number,
    ...(at && { Fecha_creado: localTime(at) }),
    "Departamento creacion del ticket": "Soporte",
    "Canal por el que entro el ticket": "WhatsApp",
    "Motivo de contacto": motive,
    "Numero de  cliente": customer,
    "Numero de  Whatsapp": "5491155551234",
    "Nombre y apellido del usuario": "Carla Gómez",
    ...(splynxId !== undefined && { splynx_id: splynxId }),
  }
}

/** Without a business where none is given; without `fc` where `at` is null. */
export function closureBody({ number, company, at }: Closure) {
  return {
    ...(company !== undefined && { "Nombre de la empresa": company }),
    "Numero de ticket": number,
    ...(at && { fc: localTime(at) }),
    Asignado: "Operador 3",
    Descripciondelcierre: "Se normalizó",
    Motivo: "General Soporte",
  }
}

/** Its clock says no zone, and the day comes first. */
function localTime(at: Date): string {
  const [date = "", time = ""] = at.toLocaleString("sv-SE", { timeZone: "America/Argentina/Buenos_Aires" }).split(" ")
  return `${date.split("-").toReversed().join("-")} ${time}`
}

export function signedHook(path: string, body: object | string, by: Authentication = "bearer"): HookPost {
  const payload = typeof body === "string" ? body : JSON.stringify(body)
  const signature = createHmac("sha256", hookHmacSecret).update(payload).digest("hex")
  const proof = {
    bearer: { authorization: `Bearer ${hookBearer}` },
    signature: { "x-gr-signature": `sha256=${signature}` },
    none: {},
  }[by]
  return { url: `/api/hooks/${path}`, payload, headers: { "content-type": "application/json", ...proof } }
}
