// Who writes when: about three months of stories, denser towards today, and the scenes that every demo has.
import { englishStories } from "./stories/english.ts"
import { spanishOrderStories } from "./stories/spanish-orders.ts"
import { spanishReturnStories } from "./stories/spanish-returns.ts"
import { customers } from "./staff-and-customers.ts"
import type { SeededRandom } from "./seeded-random.ts"
import type { Scene } from "./scenes/scene.ts"
import { featureScenes } from "./scenes/feature-scenes.ts"
import { buildScene } from "./build-scene-from-story.ts"

const days = 92
const day = 86_400_000
const perCustomer = 3

/** When the first of `plan`'s scenes may begin. */
export const firstSceneStart = (now: Date) => new Date(now.getTime() - (days + 1) * day)

export function scheduleScenes(random: SeededRandom, tickets: number, now: Date): Scene[] {
  const fixed = featureScenes(now)
  const told = Math.max(0, tickets - fixed.length)
  const pool = customers(Math.ceil(told / perCustomer) + 30).slice(2)
  const stories = { es: [...spanishOrderStories, ...spanishReturnStories], en: englishStories }
  const scenes = Array.from({ length: told }, (_, n) => {
    const customer = pool[n % pool.length]!
    const story = random.pick(stories[customer.language])
    const connection = story.isSales ? "wholesale" : random.chance(0.5) ? "chat" : "orders"
    const agent = story.isSales
      ? random.pick(["teo", "bruno"] as const)
      : random.pick(["ana", "ana", "bruno", "bruno", "sol"] as const)
    const begins = start(random, n, told, now)
    return buildScene(random, {
      story,
      customer,
      agent,
      connection,
      start: begins,
      ends: ending(random, now.getTime() - begins.getTime()),
    })
  })
  return [...fixed, ...scenes]
}

/** What is older than a week is done, but except for what was left open. */
function ending(random: SeededRandom, age: number): "closed" | "open" | "unanswered" {
  if (age > 7 * day) return random.chance(0.01) ? "open" : "closed"
  if (age < 2 * day && random.chance(0.35)) return "unanswered"
  return random.chance(0.35) ? "open" : "closed"
}

/**
 * The n-th of all starts, in the order of time, so that one customer's stories lie far apart. Most people write by day,
 * on working days, and more of them each week: the square root pushes starts towards today.
 */
function start(random: SeededRandom, n: number, all: number, now: Date): Date {
  const share = Math.sqrt((n + random.between(0, 1)) / all)
  const at = new Date(now.getTime() - (1 - share) * days * day)
  const hour = (at.getUTCHours() + 19) % 24
  const isNight = hour < 7 || hour > 21
  const moved =
    isNight && now.getTime() - at.getTime() > day ? at.getTime() + random.between(8, 11) * 3_600_000 : at.getTime()
  return new Date(moved)
}
