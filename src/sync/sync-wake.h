/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices that the machine has slept: connections are dead then without anybody having said so, and timers have stood still. No bus is asked: there
 * is none in every session, and a sandbox lets nobody at the one that knows. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SyncWakeClock: microseconds that the machine has slept since it was started */
typedef gint64 (*SyncWakeClock) (gpointer data);
typedef void (*SyncWakeFunc) (gpointer data);

typedef struct _SyncWake SyncWake;

/**
 * sync_wake_new:
 * @clock: (nullable): for tests; the kernel's otherwise
 * @interval_ms: between two looks; whole seconds are taken together with other timers
 * @func: after the machine has slept for some seconds at least; in the main thread
 */
SyncWake *sync_wake_new (SyncWakeClock clock, guint interval_ms, SyncWakeFunc func, gpointer data);
void sync_wake_free (SyncWake *self);

G_END_DECLS
