/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests both servers through the engine and says what came of it. */
#include "setup-test.h"

#include "account-secrets.h"
#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "setup-check-row.h"

#include <glib/gi18n.h>

#define N_DIRECTIONS 2

/* The test of one server. A new one cancels the one before, whose answer is then not heard. */
typedef struct
{
  GCancellable *cancellable; /* NULL when nothing is under way */
  GError *error;
  char *password;
  gboolean has_passed;
} Check;

struct _SetupTest
{
  AdwBin parent_instance;
  SyncEngine *engine;
  Account *account;
  Check checks[N_DIRECTIONS];

  /* the template's */
  GtkLabel *title_label;
  GtkLabel *sentence_label;
  SetupCheckRow *incoming_row;
  SetupCheckRow *outgoing_row;
  GtkWidget *details;
  GtkLabel *details_label;
  GtkWidget *save_button;
};

enum
{
  SIGNAL_PASSED,
  SIGNAL_SAVE_ANYWAY,
  SIGNAL_HELP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupTest, setup_test, ADW_TYPE_BIN)

typedef struct
{
  SetupTest *page;
  AccountDirection direction;
  GCancellable *cancellable; /* tells this test from a later one */
} Run;

static SetupCheckRow *
get_row (SetupTest *self, AccountDirection direction)
{
  return direction == ACCOUNT_INCOMING ? self->incoming_row : self->outgoing_row;
}

static void
clear_check (Check *check)
{
  if (check->cancellable)
    g_cancellable_cancel (check->cancellable);
  g_clear_object (&check->cancellable);
  g_clear_error (&check->error);
  g_clear_pointer (&check->password, account_secrets_free_password);
  check->has_passed = FALSE;
}

static void
update_details (SetupTest *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_DIRECTIONS; i++)
    {
      g_autofree char *details = self->checks[i].error ? app_words_error_details (self->checks[i].error) : NULL;

      if (details)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", details);
    }
  gtk_label_set_label (self->details_label, text->str);
  gtk_widget_set_visible (self->details, text->len > 0);
}

static void
update (SetupTest *self)
{
  const Check *in = &self->checks[ACCOUNT_INCOMING], *out = &self->checks[ACCOUNT_OUTGOING];
  gboolean is_running = in->cancellable || out->cancellable;
  gboolean has_failed = in->error || out->error;

  gtk_label_set_label (self->title_label, has_failed && !is_running ? _("Not Quite There") : _("Testing"));
  if (is_running)
    gtk_label_set_label (self->sentence_label, _("Posthorn logs in to both servers. Nothing is fetched or sent yet."));
  else if (in->error && out->error)
    gtk_label_set_label (self->sentence_label, _("Neither receiving nor sending works yet."));
  else if (in->error)
    gtk_label_set_label (self->sentence_label, _("Sending works, receiving does not yet."));
  else if (out->error)
    gtk_label_set_label (self->sentence_label, _("Receiving works, sending does not yet."));
  else
    gtk_label_set_label (self->sentence_label, _("Both servers let you in."));
  gtk_widget_set_visible (self->save_button, has_failed && !is_running);
  update_details (self);
  if (in->has_passed && out->has_passed)
    g_signal_emit (self, signals[SIGNAL_PASSED], 0);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Run *run = data;
  g_autoptr (SetupTest) self = run->page;
  g_autoptr (GCancellable) cancellable = run->cancellable;
  g_autoptr (GError) error = NULL;
  Check *check = &self->checks[run->direction];
  gboolean is_good = sync_engine_check_finish (SYNC_ENGINE (source), result, &error);

  if (check->cancellable != cancellable)
    return; /* given up, or asked again */
  g_clear_object (&check->cancellable);
  check->has_passed = is_good;
  check->error = g_steal_pointer (&error);
  setup_check_row_end (get_row (self, run->direction), check->error, g_network_monitor_get_network_available (g_network_monitor_get_default ()));
  update (self);
}

static void
start_check (SetupTest *self, AccountDirection direction)
{
  Check *check = &self->checks[direction];
  Run *run = g_new (Run, 1);

  g_clear_error (&check->error);
  check->has_passed = FALSE;
  check->cancellable = g_cancellable_new ();
  run->page = g_object_ref (self);
  run->direction = direction;
  run->cancellable = g_object_ref (check->cancellable);
  setup_check_row_start (get_row (self, direction), account_get_host (self->account, direction));
  sync_engine_check_async (self->engine, self->account, direction, check->password, check->cancellable, on_checked, run);
}

static void
on_row_help (SetupTest *self, AccountDirection direction, AppHelp help)
{
  if (help == APP_HELP_TRY_AGAIN)
    {
      start_check (self, direction);
      update (self);
    }
  else
    g_signal_emit (self, signals[SIGNAL_HELP], 0, (int) direction, (int) help);
}

static void
on_incoming_help (SetupTest *self, int help)
{
  on_row_help (self, ACCOUNT_INCOMING, help);
}

static void
on_outgoing_help (SetupTest *self, int help)
{
  on_row_help (self, ACCOUNT_OUTGOING, help);
}

static void
on_save_clicked (SetupTest *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE_ANYWAY], 0);
}

static void
setup_test_dispose (GObject *object)
{
  SetupTest *self = SETUP_TEST (object);

  setup_test_cancel (self);
  g_clear_object (&self->engine);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_TEST);
  G_OBJECT_CLASS (setup_test_parent_class)->dispose (object);
}

static void
setup_test_class_init (SetupTestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_test_dispose;

  signals[SIGNAL_PASSED] = g_signal_new ("passed", SETUP_TYPE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE_ANYWAY] = g_signal_new ("save-anyway", SETUP_TYPE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_HELP] = g_signal_new ("help", SETUP_TYPE_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  g_type_ensure (SETUP_TYPE_CHECK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-test.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupTest, title_label);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, incoming_row);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, outgoing_row);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, details);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, details_label);
  gtk_widget_class_bind_template_child (widget_class, SetupTest, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_incoming_help);
  gtk_widget_class_bind_template_callback (widget_class, on_outgoing_help);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
setup_test_init (SetupTest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (GTK_WIDGET (self), _("Tests"));
}

void
setup_test_start (SetupTest *self, SyncEngine *engine, Account *account, const char *password, const char *outgoing_password)
{
  setup_test_cancel (self);
  g_set_object (&self->engine, engine);
  g_set_object (&self->account, account);
  self->checks[ACCOUNT_INCOMING].password = g_strdup (password);
  self->checks[ACCOUNT_OUTGOING].password = g_strdup (outgoing_password);
  start_check (self, ACCOUNT_INCOMING);
  start_check (self, ACCOUNT_OUTGOING);
  update (self);
}

void
setup_test_cancel (SetupTest *self)
{
  for (guint i = 0; i < N_DIRECTIONS; i++)
    clear_check (&self->checks[i]);
}

const GError *
setup_test_get_error (SetupTest *self, AccountDirection direction)
{
  return self->checks[direction].error;
}

void
setup_test_show_problem (SetupTest *self, const char *sentence)
{
  gtk_label_set_label (self->sentence_label, sentence);
  gtk_widget_set_visible (self->save_button, TRUE);
}
