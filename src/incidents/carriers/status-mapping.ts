// What carriers' status words mean. The same word means different things at different carriers, words contain each other
// ("ENTREGADO A TRANSPORTADORA" is not delivered), and what nobody knows is UNKNOWN, never DELIVERED.
import type { Canonical } from "../api-contract.ts"
import { repairEncoding } from "./repair-encoding.ts"

/** One form for every way in which a word is typed: case, accents, underscores, spaces, broken encodings. */
export function foldStatus(word: string): string {
  return repairEncoding(word)
    .normalize("NFKC")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .replaceAll(/[_\s]+/g, " ")
    .trim()
    .slice(0, 200)
}

const carriers = ["INTERRAPIDISIMO", "COORDINADORA", "SERVIENTREGA", "VELOCES", "99MINUTOS", "DOMINA", "ENVIA", "TCC"]

/** The carrier as one word: "Inter Rapidísimo S.A." is INTERRAPIDISIMO. Others keep their folded name. */
export function carrierOf(name: string): string {
  const folded = foldStatus(name)
  const pressed = folded.replaceAll(/[^A-Z0-9]/g, "")
  return carriers.find((carrier) => pressed.startsWith(carrier)) ?? folded
}

const known: Partial<Record<Canonical, string[]>> = {
  CREATED: ["GUIA GENERADA", "PENDIENTE", "PENDIENTE CONFIRMACION"],
  PROCESSING: ["PREPARADO PARA TRANSPORTADORA", "EN PROCESAMIENTO", "EN BODEGA DROPI"],
  SHIPPED: ["DESPACHADA", "EN DESPACHO", "RECOGIDO POR DROPI", "ENTREGADO A TRANSPORTADORA", "MERCANCIA RECOGIDA"],
  IN_TRANSIT: [
    "EN BODEGA ORIGEN",
    "EN BODEGA TRANSPORTADORA",
    "EN BODEGA DESTINO",
    "EN TERMINAL ORIGEN",
    "EN TERMINAL DESTINO",
    "EN REEXPEDICION",
    "REENVIO",
    "EN TRANSPORTE",
    "EN TRANSITO",
    "EN TRASLADO NACIONAL",
    "EN ESPERA DE RUTA DOMESTICA",
    "ENTREGADA A CONEXIONES",
    "ENTREGADO A CONEXIONES",
    "NOVEDAD SOLUCIONADA",
    "EN RUTA",
  ],
  OUT_FOR_DELIVERY: ["EN REPARTO", "EN DISTRIBUCION", "INTENTO DE ENTREGA"],
  IN_OFFICE: [
    "RECLAME EN OFICINA",
    "RECLAMAR EN OFICINA",
    "EN OFICINA",
    "DISPONIBLE EN OFICINA",
    "DISPONIBLE PARA RETIRO",
    "PARA RETIRO EN AGENCIA",
    "EN PUNTO DE RETIRO",
    "EN PUNTO DROOP",
  ],
  DELIVERED: ["ENTREGADO", "ENTREGADA", "DELIVERED"],
  ISSUE: ["NOVEDAD", "TELEMERCADEO", "RECHAZADO", "RECOGIDA FALLIDA", "CERRADO"],
  RETURNED: ["DEVOLUCION", "DEVUELTO", "DEVUELTA", "DEVOLUCION EN TRANSITO"],
  CANCELLED: ["CANCELADO", "CANCELADA", "ANULADO", "ANULADA", "GUIA ANULADA", "INDEMNIZADA", "REEMPLAZADA"],
  // At the office at TCC, under way at Envía: the status means nothing without its carrier.
  UNKNOWN: ["EN AGENCIA", "DISPONIBLE", "EN PUNTO"],
}

const ofCarrier: Record<string, Partial<Record<Canonical, string[]>>> = {
  COORDINADORA: {
    IN_OFFICE: ["EN OFICINA", "DISPONIBLE EN PUNTO", "LISTO PARA RECOGER"],
    OUT_FOR_DELIVERY: ["EN RUTA"],
  },
  INTERRAPIDISIMO: { IN_OFFICE: ["EN PUNTO", "DISPONIBLE"], OUT_FOR_DELIVERY: ["INTENTO DE ENTREGA"] },
  ENVIA: { IN_OFFICE: ["EN CENTRO ENVIA", "DISPONIBLE RECOGIDA"], IN_TRANSIT: ["EN AGENCIA"] },
  TCC: { IN_OFFICE: ["EN AGENCIA", "DISPONIBLE RETIRO"] },
  SERVIENTREGA: { IN_OFFICE: ["DISPONIBLE EN PUNTO", "EN CENTRO SERVIENTREGA"], IN_TRANSIT: ["EN RUTA"] },
  VELOCES: { ISSUE: ["INTENTO DE ENTREGA"] },
}

const byWord = index(known)
const byCarrier = new Map(Object.entries(ofCarrier).map(([carrier, words]) => [carrier, index(words)]))

function index(words: Partial<Record<Canonical, string[]>>): Map<string, Canonical> {
  return new Map(Object.entries(words).flatMap(([canonical, all]) => all.map((word) => [word, canonical as Canonical])))
}

// In this order: what is refused or on its way somewhere goes before what the word seems to say.
const patterns: [RegExp, Canonical][] = [
  [/\bNO (SE )?(ENTREG|PUDO|LOGRO)|FALLID|RECHAZ|REHUS|SINIESTR|EXTRAVI|HURT/, "ISSUE"],
  [/^ENTREGAD[OA] AL? (CLIENTE|DESTINATARIO)$/, "DELIVERED"],
  [/^ENTREGAD[OA] AL? /, "SHIPPED"],
  [/DEVOLUCION|DEVUELT|RETORN/, "RETURNED"],
  [/ANULAD|CANCELAD|INDEMNIZ/, "CANCELLED"],
  [/CAMINO|HACIA|TRASLADO|TRANSITO|TRANSPORTE\b|TERMINAL|BODEGA|CONEXION/, "IN_TRANSIT"],
  [/OFICINA|PUNTO DE RETIRO|PARA RETIRO|PARA RECOGER|RETIRO EN/, "IN_OFFICE"],
  [/REPARTO|DISTRIBUCION/, "OUT_FOR_DELIVERY"],
  [/NOVEDAD/, "ISSUE"],
  [/DESPACH|RECOGID/, "SHIPPED"],
  [/PROCES|PREPARA|ALISTA/, "PROCESSING"],
  [/GENERAD|PENDIENTE/, "CREATED"],
]

/** What somebody taught us: by carrier and word, '' for every carrier. */
export type TaughtStatus = ReadonlyMap<string, Canonical>
export const taughtStatusKey = (carrier: string, word: string) => `${carrier}\n${word}`

/** Both arguments folded. What was taught goes first, then the carrier's own words, then everybody's, then patterns. */
export function canonicalOf(carrier: string, word: string, taught: TaughtStatus = new Map()): Canonical {
  const exact =
    taught.get(taughtStatusKey(carrier, word)) ??
    taught.get(taughtStatusKey("", word)) ??
    byCarrier.get(carrier)?.get(word) ??
    byWord.get(word)
  return exact ?? patterns.find(([pattern]) => pattern.test(word))?.[1] ?? "UNKNOWN"
}

/** Nothing more will happen to the shipment. A return on its way may still get stuck. */
export function isFinal(canonical: Canonical, word: string): boolean {
  return (
    canonical === "DELIVERED" ||
    canonical === "CANCELLED" ||
    (canonical === "RETURNED" && !/TRANSITO|CAMINO|PROCESO/.test(word))
  )
}

/** Every word that Hilo knows by itself, for the editor to show. */
export const knownStatuses = [
  ...[...byWord].map(([word, canonical]) => ({ carrier: "", word, canonical })),
  ...[...byCarrier].flatMap(([carrier, words]) =>
    [...words].map(([word, canonical]) => ({ carrier, word, canonical })),
  ),
]
