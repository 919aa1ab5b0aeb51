/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts with more to them than a sentence. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* app_toast_new_sending: (transfer full): message @id goes in @delay seconds; Undo takes it out of the Outbox (win.outbox-edit) */
AdwToast *app_toast_new_sending (gint64 id, guint delay);

G_END_DECLS
