/** The roles on the platform, in the order in which they are offered. */
import type { PlatformRole } from '../api/names';

export const ROLES: readonly PlatformRole[] = ['account', 'director', 'auditor', 'platform_admin'];
