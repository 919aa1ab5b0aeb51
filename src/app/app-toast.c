/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts with more to them than a sentence. */
#include "app-toast.h"

#include <glib/gi18n.h>

AdwToast *
app_toast_new_sending (gint64 id, guint delay)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Sending in %u second", "Sending in %u seconds", delay), delay);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.outbox-edit");
  adw_toast_set_action_target (toast, "x", id);
  adw_toast_set_timeout (toast, delay);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  return toast;
}
