// Plays scenes with the verbs that routes and jobs use, each act at its own instant. No row is written here.
import { askAndAnswer } from "./ask-and-answer-survey.ts"
import { receiveSceneBounce, receiveSceneMail, quarantineSceneMail } from "./mail/receive-scene-mail.ts"
import { openOwnTicket, writeOnOwnTicket } from "./customer-portal-acts.ts"
import { mergeSplitOrLink } from "./merge-split-link.ts"
import { receiveSceneMessage } from "./receive-scene-message.ts"
import type { Scene, SceneAct } from "./scenes/scene.ts"
import { sendNotice } from "./scenes/whatsapp-scenes.ts"
import { openTicket, performStaffAct } from "./staff-acts.ts"
import type { SceneContext, SceneProgress } from "./scene-context.ts"

type Between = {
  onAct: (done: number, of: number) => void
  /** Called before each act with its instant: what else falls due until then. */
  before: (at: Date) => Promise<void>
}

/** All scenes at once in the order of time, up to `until`: what would be later has not happened. */
export async function playScenes(stage: SceneContext, scenes: Scene[], until: Date, { onAct, before }: Between) {
  const acts = scenes
    .flatMap((scene) => {
      const playing: SceneProgress = { scene, ticketId: null, lastHeard: null, mailIds: [] }
      return scene.acts.map((act) => ({ playing, act }))
    })
    .filter(({ act }) => act.at <= until)
    .toSorted((a, b) => a.act.at.getTime() - b.act.at.getTime())
  for (const [index, { playing, act }] of acts.entries()) {
    await before(act.at)
    await perform(stage, playing, act)
    if (playing.scene.as && playing.ticketId) stage.named.set(playing.scene.as, playing.ticketId)
    onAct(index + 1, acts.length)
  }
}

async function perform(stage: SceneContext, playing: SceneProgress, doing: SceneAct): Promise<void> {
  switch (doing.does) {
    case "say":
    case "late":
    case "advertise":
      return receiveSceneMessage(stage, playing, doing)
    case "mail":
      return receiveSceneMail(stage, playing, doing)
    case "bounce":
      return receiveSceneBounce(stage, playing, doing)
    case "quarantine":
      return quarantineSceneMail(stage, doing)
    case "notify":
      return sendNotice(stage, doing.at)
    case "open":
      return openTicket(stage, playing, doing)
    case "ask":
      return openOwnTicket(stage, playing, doing)
    case "write":
      return writeOnOwnTicket(stage, playing, doing)
    case "score":
      return askAndAnswer(stage, playing, doing)
    case "merge":
    case "link":
    case "split":
      return mergeSplitOrLink(stage, playing, doing)
    default:
      return performStaffAct(stage, playing, doing)
  }
}
