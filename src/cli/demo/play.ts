// Plays scenes with the verbs that doors and routes use, each act at its own instant. No row is written here.
import type { Kit } from "#kernel/answer.ts"
import type { Identity } from "#contacts/index.ts"
import { ask, writeOwn } from "./account.ts"
import { bind } from "./bonds.ts"
import { hear } from "./hear.ts"
import type { Scene, SceneAct } from "./scene.ts"
import type { Shop } from "./shop.ts"
import { notify } from "./whatsapp.ts"
import { open, work } from "./work.ts"

/** What was made on the way, by id. */
export type Made = { tickets: Set<string>; messages: Set<string> }

export type Stage = {
  kit: Omit<Kit, "now">
  shop: Shop
  made: Made
  visitors: Map<string, Identity>
  named: Map<string, string>
}

export type Playing = { scene: Scene; ticketId: string | null; lastHeard: string | null }
export type Doing<D extends SceneAct["does"]> = SceneAct & { does: D }

/** All scenes at once in the order of time, up to `until`: what would be later has not happened. */
export async function play(stage: Stage, scenes: Scene[], until: Date, onAct: (done: number, of: number) => void) {
  const acts = scenes
    .flatMap((scene) => {
      const playing: Playing = { scene, ticketId: null, lastHeard: null }
      return scene.acts.map((act) => ({ playing, act }))
    })
    .filter(({ act }) => act.at <= until)
    .toSorted((a, b) => a.act.at.getTime() - b.act.at.getTime())
  for (const [index, { playing, act }] of acts.entries()) {
    await perform(stage, playing, act)
    if (playing.scene.as && playing.ticketId) stage.named.set(playing.scene.as, playing.ticketId)
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
    case "ask":
      return ask(stage, playing, doing)
    case "write":
      return writeOwn(stage, playing, doing)
    case "merge":
    case "link":
    case "split":
      return bind(stage, playing, doing)
    default:
      return work(stage, playing, doing)
  }
}
