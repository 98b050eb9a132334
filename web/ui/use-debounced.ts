import { useEffect, useState } from "react"

/** What stays as it is for a moment: nobody is asked at each key. */
export function useDebounced<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
