// Plays scenes with the verbs that doors and routes use, each act at its own instant. No row is written here.
import type { Kit } from "#kernel/answer.ts"
import type { Identity } from "#contacts/index.ts"
import { hear } from "./hear.ts"
import type { Scene, SceneAct } from "./scene.ts"
import type { Shop } from "./shop.ts"
import { notify } from "./whatsapp.ts"
import { open, work } from "./work.ts"

/** What was made on the way, by id. */
export type Made = { tickets: Set<string>; messages: Set<string> }

export type Stage = { kit: Omit<Kit, "now">; shop: Shop; made: Made; visitors: Map<string, Identity> }

export type Playing = { scene: Scene; ticketId: string | null }
export type Doing<D extends SceneAct["does"]> = SceneAct & { does: D }

/** All scenes at once in the order of time, up to `until`: what would be later has not happened. */
export async function play(stage: Stage, scenes: Scene[], until: Date, onAct: (done: number, of: number) => void) {
  const acts = scenes
    .flatMap((scene) => {
      const playing: Playing = { scene, ticketId: null }
      return scene.acts.map((act) => ({ playing, act }))
    })
    .filter(({ act }) => act.at <= until)
    .toSorted((a, b) => a.act.at.getTime() - b.act.at.getTime())
  for (const [index, { playing, act }] of acts.entries()) {
    await perform(stage, playing, act)
    onAct(index + 1, acts.length)
  }
}

async function perform(stage: Stage, playing: Playing, doing: SceneAct): Promise<void> {
  switch (doing.does) {
    case "say":
    case "late":
    case "advertise":
      return hear(stage, playing, doing)
    case "notify":
      return notify(stage, doing.at)
    case "open":
      return open(stage, playing, doing)
    default:
      return work(stage, playing, doing)
  }
}
