// Builds a scene from a story: with names filled in, pauses that people make, and what may come after the end.
import { type Customer, type StaffName, staff } from "./staff-and-customers.ts"
import type { SeededRandom } from "./seeded-random.ts"
import type { ConnectionName, Scene, SceneAct } from "./scenes/scene.ts"
import { sizes, placeholderValues, type Story } from "./stories/story.ts"
import { nextOpenTime } from "./when-shop-is-open.ts"

/** `ends`: with the customer's farewell, with everybody waiting, or before anybody answered. */
export type SceneInput = {
  story: Story
  customer: Customer
  agent: StaffName
  connection: ConnectionName
  start: Date
  ends: "closed" | "open" | "unanswered"
}

const minute = 60_000
const doings = { customer: "say", agent: "answer", note: "note" } as const
const after = {
  es: {
    thanks: ["Muchas gracias 🙏", "Gracias!", "Listo, gracias 👍", "Perfecto"],
    again: [
      "Perdón, una cosa más: ¿me pueden mandar el comprobante?",
      "Hola otra vez, sigue sin llegar 😕",
      "Se me olvidó preguntar: ¿aplica para otro pedido también?",
    ],
    answer: [
      "Claro que sí, se lo acabo de enviar.",
      "Lo reviso de nuevo y le escribo antes de las 5.",
      "Sí, aplica igual.",
    ],
    late: ["(sin señal) ya estoy en la portería"],
  },
  en: {
    thanks: ["Thanks! 🙏", "Thank you very much", "Great, thanks"],
    again: ["Sorry, one more thing: could you send me the receipt?", "Hi again, it still isn't here"],
    answer: ["Of course, just sent it.", "Let me check again and I will write before 5 pm."],
    late: ["(no signal) I am at the front desk"],
  },
} as const

export function buildScene(
  random: SeededRandom,
  { story, customer, agent, connection, start, ends }: SceneInput,
): Scene {
  const fill = filler(random, customer, agent)
  const acts: SceneAct[] = []
  let at = start
  let taken = false
  for (const [by, ...texts] of story.lines) {
    if (by !== "customer" && ends === "unanswered") break
    at = next(random, at, by, acts)
    if (by === "agent" && !taken) {
      taken = true
      acts.push({ at: new Date(at.getTime() - 40_000), does: "take", category: story.category, ...triage(story) })
    }
    acts.push({ at, does: doings[by], text: fill(random.pick(texts)) })
  }
  if (ends !== "closed") return { connection, customer, agent, acts }
  const closed = nextOpenTime(new Date(at.getTime() + random.between(4, 50) * minute), random.between(1, 30) * minute)
  acts.push({ at: closed, does: "close" })
  return { connection, customer, agent, acts: [...acts, ...epilogue(random, customer, closed, at)] }
}

const triage = ({ priority, tags }: Story) => ({ ...(priority && { priority }), ...(tags && { tags }) })

/** Customers write when they like; staff answer while the shop is open. */
function next(random: SeededRandom, before: Date, by: "customer" | "agent" | "note", acts: SceneAct[]): Date {
  if (acts.length === 0) return before
  const last = acts.at(-1)!.does
  if (by === "note") return new Date(before.getTime() + random.between(1, 6) * minute)
  if (by === "customer") return new Date(before.getTime() + random.between(1, last === "say" ? 3 : 35) * minute)
  return nextOpenTime(new Date(before.getTime() + random.between(2, 40) * minute), random.between(2, 60) * minute)
}

/** What a closed conversation may still see: thanks, a second thought within the window, a message stuck on its way. */
function epilogue(random: SeededRandom, customer: Customer, closed: Date, before: Date): SceneAct[] {
  const texts = after[customer.language]
  const fate = random.between(0, 1)
  const soon = new Date(closed.getTime() + random.between(3, 60) * minute)
  if (fate < 0.16) return [{ at: soon, does: "say", text: random.pick(texts.thanks) }]
  if (fate < 0.26) {
    const answered = nextOpenTime(new Date(soon.getTime() + random.between(3, 20) * minute), 9 * minute)
    return [
      { at: soon, does: "say", text: random.pick(texts.again) },
      { at: answered, does: "answer", text: random.pick(texts.answer) },
      { at: new Date(answered.getTime() + 15 * minute), does: "close" },
    ]
  }
  if (fate > 0.96) {
    const wroteAt = new Date(before.getTime() - 30_000)
    return [{ at: new Date(closed.getTime() + 90 * minute), does: "late", text: texts.late[0], wroteAt }]
  }
  return []
}

function filler(random: SeededRandom, customer: Customer, agent: StaffName) {
  const { language } = customer
  const amounts = { es: `$${random.whole(45, 480)}.900`, en: `$${random.whole(18, 240)}.90` }
  const facts: Record<string, string> = {
    name: customer.name.split(" ")[0]!,
    agent: staff[agent].name.split(" ")[0]!,
    order: `#${random.whole(40_000, 49_999)}`,
    guide: `GU-${random.whole(1_000_000, 9_999_999)}`,
    product: random.pick(placeholderValues.product[language]),
    city: random.pick(placeholderValues.city[language]),
    colour: random.pick(placeholderValues.colour[language]),
    street: random.pick(placeholderValues.street[language]),
    size: random.pick(sizes),
    amount: amounts[language],
  }
  return (text: string) => sentence(text.replaceAll(/\{(\w+)\}/g, (_, slot: string) => facts[slot]!))
}

// "the zip" may open a sentence.
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
