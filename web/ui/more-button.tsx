import { useTexts } from "../lib/language.tsx"
import { Button } from "./button.tsx"

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  /** What it brings, where that is not simply more. */
  children?: string
  className?: string
  size?: "sm"
}

/** Brings the next page of a list, as long as there is one. */
export function MoreButton({ query, children, className = "mt-3", size }: Props) {
  const { t } = useTexts()
  if (!query.hasNextPage) return null
  return (
    <Button
      className={className}
      {...(size && { size })}
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {children ?? t("action.showMore")}
    </Button>
  )
}
