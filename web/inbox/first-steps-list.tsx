import "./load-first-steps-texts.ts"
import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Check, ExternalLink } from "lucide-react"
import type { ReactNode } from "react"
import { connectionChannels } from "../channels/channel-registry.ts"
import { put } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import { deskSettingsQuery } from "../settings/desk-settings.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { LineMark } from "../ui/loading-empty-and-error.tsx"
import { type DoneSteps, setupStepsQuery } from "./setup-steps-query.ts"

/** Each step stays, with a tick once it is done, until all are or an admin dismisses them for the desk. */
export function FirstStepsList({ done }: { done: DoneSteps }) {
  const { t } = useTexts()
  const dismiss = useDismiss()
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto p-6">
      <div className="my-auto w-full max-w-[520px]">
        <div className="mb-5">
          <LineMark />
          <h2 className="text-xl font-strong">{t("first.title")}</h2>
          <p className="text-muted">{t("first.text")}</p>
        </div>
        <ol className="relative grid gap-6 before:absolute before:inset-y-3 before:left-[11px] before:w-px before:bg-edge">
          <Step title={t("first.desk")} text={t("first.deskText")} isDone={done.desk}>
            <Button asChild>
              <Link to="/settings/desk">{t("settings.desk")}</Link>
            </Button>
          </Step>
          <Step title={t("first.reply")} text={t("first.replyText")} isDone={done.reply}>
            <ChatPageLink look={done.reply ? "plain" : "primary"} />
          </Step>
          <Step title={t("first.channel")} text={t("first.channelText")} isDone={done.channel}>
            <Button asChild>
              <Link to="/settings/connections">{t("first.channelAction")}</Link>
            </Button>
          </Step>
          <Step title={t("first.colleague")} text={t("first.colleagueText")} isDone={done.colleague}>
            <Button asChild>
              <Link to="/settings/staff">{t("first.colleagueAction")}</Link>
            </Button>
          </Step>
        </ol>
        <Button look="quiet" className="mt-6" onClick={() => dismiss.mutate(true)} disabled={dismiss.isPending}>
          {t("first.dismiss")}
        </Button>
      </div>
    </div>
  )
}

/** For the whole desk. It can be taken back at once, and later in the settings. */
function useDismiss() {
  const { t } = useTexts()
  const act = useAct({
    run: (isDismissed: boolean) => put("/settings/desk.setupDismissed", { value: isDismissed }),
    stale: [setupStepsQuery.queryKey, deskSettingsQuery.queryKey],
    isUndoable: (isDismissed) => isDismissed,
    done: (_, isDismissed) => {
      const undo = { label: t("action.undo"), isUndo: true, run: () => act.mutate(false) }
      return isDismissed ? { text: t("first.dismissed"), action: undo } : undefined
    },
  })
  return act
}

function ChatPageLink({ look }: { look: "plain" | "primary" }) {
  const { t } = useTexts()
  const chat = useQuery(connectionsQuery).data?.items.find(
    ({ kind, enabled }) => enabled && connectionChannels[kind].customerPage,
  )
  return (
    chat && (
      <Button asChild look={look}>
        <a href={connectionChannels[chat.kind].customerPage!(chat.id)} target="_blank" rel="noreferrer">
          {t("first.chatAction")}
          <ExternalLink aria-hidden />
        </a>
      </Button>
    )
  )
}

interface StepProps {
  title: string
  text: string
  isDone: boolean
  children: ReactNode
}

function Step({ title, text, isDone, children }: StepProps) {
  const { t } = useTexts()
  return (
    <li className="relative grid gap-1 pl-10">
      <span
        aria-hidden
        className={classNames(
          "absolute top-[3px] left-1 grid size-[15px] place-items-center rounded-full border-2 border-accent",
          isDone ? "bg-accent text-canvas" : "bg-canvas",
        )}
      >
        {isDone && <Check className="size-2.5" strokeWidth={4} />}
      </span>
      <h3 className="text-base font-strong">
        {title}
        {isDone && <span className="ml-2 text-sm font-normal text-muted">{t("first.done")}</span>}
      </h3>
      <p className="text-muted">{text}</p>
      <div className="mt-1.5">{children}</div>
    </li>
  )
}
