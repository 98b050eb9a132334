// Where the first that matches counts: what moves something one place up or down.
import { ArrowDown, ArrowUp } from "lucide-react"
import { patch } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { Button } from "../ui/button.tsx"
import { type Ordered, prioritiesInOrder } from "./order-numbers-after-move.ts"

/** `all`: in their order, as far as they have one. What is alone has nowhere to go. */
export function MoveButtons({ path, item, all }: { path: string; item: Ordered; all: Ordered[] }) {
  const { t } = useTexts()
  const move = useMove(path)
  const at = all.findIndex(({ id }) => id === item.id)
  if (all.length < 2) return null
  const to = (step: -1 | 1) => move.mutate({ all, from: at, to: at + step })
  return (
    <>
      <Button
        look="quiet"
        size="icon"
        disabled={at === 0 || move.isPending}
        aria-label={t("entity.up", { name: item.name })}
        onClick={() => to(-1)}
      >
        <ArrowUp />
      </Button>
      <Button
        look="quiet"
        size="icon"
        disabled={at === all.length - 1 || move.isPending}
        aria-label={t("entity.down", { name: item.name })}
        onClick={() => to(1)}
      >
        <ArrowDown />
      </Button>
    </>
  )
}

const useMove = (path: string) =>
  useAct({
    run: async ({ all, from, to }: { all: Ordered[]; from: number; to: number }) => {
      const order = all.toSpliced(from, 1).toSpliced(to, 0, all[from]!)
      for (const { id, priority } of prioritiesInOrder(order)) await patch(`/${path}/${id}`, { priority })
    },
    stale: [[path]],
  })
