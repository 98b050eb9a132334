export { BackupError, openBackupFile, refuseExisting } from "./backup-file.ts"
export { restoreBackup } from "./restore-backup.ts"
export { writeBackup } from "./write-backup.ts"
