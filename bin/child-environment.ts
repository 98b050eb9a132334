// The environment in which checks and tests run: settings of the caller must not decide the outcome.

const documented =
  /^(HILO_(?!TEST_|SEED$|\w+_RUNS$)|DATABASE_URL|PORT$|HOST$|PUBLIC_URL|CRON_SECRET|SMTP_URL|MAIL_FROM|TRUSTED_PROXIES|S3_URL|GR_HOOK|WHATSAPP_|LOG_LEVEL|PG[A-Z]+$)/

export function childEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !documented.test(name))
  return { ...Object.fromEntries(kept), ...more }
}
