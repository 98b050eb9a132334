export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 32 32" fill="none" className="shrink-0 text-accent">
      <path d="M1 16h9M22 16h9" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="16" cy="16" r="6" stroke="currentColor" strokeWidth="2.5" />
    </svg>
  )
}
