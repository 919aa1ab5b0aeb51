/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a question: AdwAlertDialog where libadwaita has it (1.5), AdwMessageDialog before. */
#include "app-alert.h"

typedef struct
{
  AppAlertFunc func;
  gpointer data;
  GDestroyNotify data_free;
} Question;

static void
question_answer (Question *self, const char *choice)
{
  AppAlertFunc func = g_steal_pointer (&self->func);

  if (func)
    func (choice, self->data);
}

static void
question_free (Question *self)
{
  if (self->data_free)
    self->data_free (self->data);
  g_free (self);
}

#if ADW_CHECK_VERSION (1, 5, 0)

typedef AdwAlertDialog Alert;

static Alert *
alert_new (GtkWindow *parent, const char *heading, const char *body)
{
  return ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
}

static void
alert_add (Alert *alert, const char *id, const char *label, AdwResponseAppearance look)
{
  adw_alert_dialog_add_response (alert, id, label);
  adw_alert_dialog_set_response_appearance (alert, id, look);
}

static void
alert_set_defaults (Alert *alert, const char *safe)
{
  adw_alert_dialog_set_default_response (alert, safe);
  adw_alert_dialog_set_close_response (alert, "cancel");
}

static void
alert_show (Alert *alert, GtkWindow *parent)
{
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (parent));
}

#else

typedef AdwMessageDialog Alert;

static Alert *
alert_new (GtkWindow *parent, const char *heading, const char *body)
{
  return ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
}

static void
alert_add (Alert *alert, const char *id, const char *label, AdwResponseAppearance look)
{
  adw_message_dialog_add_response (alert, id, label);
  adw_message_dialog_set_response_appearance (alert, id, look);
}

static void
alert_set_defaults (Alert *alert, const char *safe)
{
  adw_message_dialog_set_default_response (alert, safe);
  adw_message_dialog_set_close_response (alert, "cancel");
}

static void
alert_show (Alert *alert, GtkWindow *parent)
{
  gtk_window_present (GTK_WINDOW (alert));
}

#endif

static void
on_response (Alert *alert, const char *choice, gpointer data)
{
  question_answer (data, choice);
}

static AdwResponseAppearance
get_appearance (AppAlertLook look)
{
  if (look == APP_ALERT_DESTRUCTIVE)
    return ADW_RESPONSE_DESTRUCTIVE;
  return look == APP_ALERT_SUGGESTED ? ADW_RESPONSE_SUGGESTED : ADW_RESPONSE_DEFAULT;
}

void
app_alert_present (GtkWindow *parent, const char *heading, const char *body, const AppAlertChoice *choices, gsize n_choices,
                   AppAlertFunc func, gpointer data, GDestroyNotify data_free)
{
  Alert *alert = alert_new (parent, heading, body);
  Question *question = g_new0 (Question, 1);

  question->func = func;
  question->data = data;
  question->data_free = data_free;

  for (gsize i = 0; i < n_choices; i++)
    alert_add (alert, choices[i].id, choices[i].label, get_appearance (choices[i].look));
  alert_set_defaults (alert, choices[0].id);
  g_signal_connect_data (alert, "response", G_CALLBACK (on_response), question, (GClosureNotify) question_free, 0);
  alert_show (alert, parent);
}
