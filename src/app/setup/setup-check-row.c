/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows how far the test of one server has come: in words, with a mark beside them. */
#include "setup-check-row.h"

#include "app-words.h"
#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>

#define PATIENCE_SECONDS 5 /* after which a person wants to hear that it is not over */

struct _SetupCheckRow
{
  AdwActionRow parent_instance;
  char *host;
  AppHelp help;
  guint patience_source;

  /* the template's */
  GtkStack *state_stack;
  GtkSpinner *spinner;
  GtkButton *help_button;
};

enum
{
  SIGNAL_HELP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupCheckRow, setup_check_row, ADW_TYPE_ACTION_ROW)

static void
show_state (SetupCheckRow *self, const char *state, const char *words)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  gtk_stack_set_visible_child_name (self->state_stack, state);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (state, "testing"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->help_button), FALSE);
}

static gboolean
on_patience_ended (gpointer data)
{
  SetupCheckRow *self = data;
  g_autofree char *words = g_strdup_printf (_("Still waiting for %s to answer. This may take up to a minute…"), self->host);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  self->patience_source = 0;
  return G_SOURCE_REMOVE;
}

static void
on_help_clicked (SetupCheckRow *self)
{
  g_signal_emit (self, signals[SIGNAL_HELP], 0, (int) self->help);
}

static void
setup_check_row_dispose (GObject *object)
{
  SetupCheckRow *self = SETUP_CHECK_ROW (object);

  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_pointer (&self->host, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_CHECK_ROW);
  G_OBJECT_CLASS (setup_check_row_parent_class)->dispose (object);
}

static void
setup_check_row_class_init (SetupCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_check_row_dispose;

  signals[SIGNAL_HELP] = g_signal_new ("help", SETUP_TYPE_CHECK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupCheckRow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, SetupCheckRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SetupCheckRow, help_button);
  gtk_widget_class_bind_template_callback (widget_class, on_help_clicked);
}

static void
setup_check_row_init (SetupCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
setup_check_row_wait (SetupCheckRow *self)
{
  show_state (self, "waiting", _("Not tested"));
}

void
setup_check_row_start (SetupCheckRow *self, const char *host)
{
  g_autofree char *words = g_strdup_printf (_("Logging in to %s…"), host);

  g_free (self->host);
  self->host = g_strdup (host);
  show_state (self, "testing", words);
  self->patience_source = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_ended, self);
}

/* The words of the button are the window's, but in the wizard there are no settings of an account yet: only servers. */
static const char *
get_label (AppHelp help)
{
  if (help == APP_HELP_SETTINGS)
    return _("Change _Servers");
  return help == APP_HELP_PASSWORD ? _("Change _Password") : app_words_get_help_label (help);
}

/* What no server can help with, and what is only said of servers that were never reached: there is no connection yet that could be lost. */
static char *
dup_words (SetupCheckRow *self, const GError *error, gboolean is_online)
{
  gboolean is_lost = g_error_matches (error, BASE_ERROR, BASE_ERROR_NETWORK);

  if (!is_online && (is_lost || g_error_matches (error, BASE_ERROR, BASE_ERROR_HOST_NOT_FOUND)))
    /* Translators: %s is a server's name */
    return g_strdup_printf (_("This computer is not online, so %s cannot be asked."), self->host);
  if (is_lost)
    /* Translators: %s is a server's name */
    return g_strdup_printf (_("%s could not be reached, or hung up at once. It may be the wrong server."), self->host);
  return app_words_error (error);
}

static AppHelp
find_help (const GError *error, gboolean is_online)
{
  AppHelp help = app_words_get_help (error);
  gboolean is_lost = g_error_matches (error, BASE_ERROR, BASE_ERROR_NETWORK);

  if (!is_online && (is_lost || g_error_matches (error, BASE_ERROR, BASE_ERROR_HOST_NOT_FOUND)))
    return APP_HELP_TRY_AGAIN;
  /* A server that worked before and takes no connections now comes back; one that nobody has reached yet is the wrong one. */
  if (help == APP_HELP_NONE || help == APP_HELP_EDIT || help == APP_HELP_DECIDE || is_lost
      || g_error_matches (error, BASE_ERROR, BASE_ERROR_CONNECTION_REFUSED))
    return APP_HELP_SETTINGS;
  return help;
}

void
setup_check_row_end (SetupCheckRow *self, const GError *error, gboolean is_online)
{
  g_autofree char *words = error ? dup_words (self, error, is_online) : g_strdup_printf (_("%s works."), self->host);

  show_state (self, error ? "failed" : "good", words);
  if (!error)
    return;
  self->help = find_help (error, is_online);
  gtk_button_set_label (self->help_button, get_label (self->help));
  gtk_widget_set_visible (GTK_WIDGET (self->help_button), TRUE);
}
