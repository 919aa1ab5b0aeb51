/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said in passing. */
#include "app-toast.h"

#include <glib/gi18n.h>

/* How long a person has to read the sentence and press its button */
#define OFFER_SECONDS 8

typedef struct
{
  GWeakRef toast;
  gint64 end;   /* monotonic, microseconds */
} Countdown;

static void
countdown_free (gpointer data)
{
  Countdown *self = data;

  g_weak_ref_clear (&self->toast);
  g_free (self);
}

static void
say_seconds (AdwToast *toast, guint seconds)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Sending in %u second", "Sending in %u seconds", seconds), seconds);

  adw_toast_set_title (toast, text);
}

static gboolean
on_second (gpointer data)
{
  Countdown *self = data;
  g_autoptr (AdwToast) toast = g_weak_ref_get (&self->toast);
  gint64 left = (self->end - g_get_monotonic_time () + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;

  if (!toast || left < 1)
    return G_SOURCE_REMOVE;
  say_seconds (toast, (guint) left);
  return G_SOURCE_CONTINUE;
}

AdwToast *
app_toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

typedef struct
{
  GObject *owner;   /* weak */
  AppToastUndo undo;
  gpointer what;
  GDestroyNotify free_what;
} Offer;

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *self = data;

  g_clear_weak_pointer (&self->owner);
  self->free_what (self->what);
  g_free (self);
}

static void
on_undo (AdwToast *toast, Offer *offer)
{
  if (offer->owner)
    offer->undo (offer->owner, offer->what);
}

AdwToast *
app_toast_new_undo (const char *text, gpointer owner, AppToastUndo undo, gpointer what, GDestroyNotify free_what)
{
  AdwToast *toast = app_toast_new (text);
  Offer *offer = g_new0 (Offer, 1);

  g_set_weak_pointer (&offer->owner, owner);
  offer->undo = undo;
  offer->what = what;
  offer->free_what = free_what;
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, OFFER_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), offer, offer_free, 0);
  return toast;
}

static AdwToast *
make (const char *title, const char *button, const char *action, gint64 target)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target (toast, "x", target);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  return toast;
}

AdwToast *
app_toast_new_sending (gint64 id, guint delay)
{
  AdwToast *toast = make ("", _("_Undo"), "win.outbox-edit", id);
  Countdown *countdown = g_new0 (Countdown, 1);

  g_weak_ref_init (&countdown->toast, toast);
  countdown->end = g_get_monotonic_time () + delay * G_USEC_PER_SEC;
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, 1, on_second, countdown, countdown_free);
  say_seconds (toast, delay);
  adw_toast_set_timeout (toast, delay);
  return toast;
}

AdwToast *
app_toast_new_kept (gint64 serial)
{
  AdwToast *toast = make (_("Kept in Drafts"), _("_Discard"), "app.discard-draft", serial);

  adw_toast_set_timeout (toast, OFFER_SECONDS);
  return toast;
}

AdwToast *
app_toast_new_discarded (gint64 serial)
{
  AdwToast *toast = make (_("Message discarded"), _("_Undo"), "app.restore-draft", serial);

  adw_toast_set_timeout (toast, OFFER_SECONDS);
  return toast;
}
