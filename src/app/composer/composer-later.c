/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the day and the time at which a message is to be sent. */
#include "composer-later.h"

#include "base-config.h"

#include <glib/gi18n.h>

#define MORNING_HOUR 8

struct _ComposerLater
{
  AdwWindow parent_instance;

  /* the template's */
  GtkWidget *accept_button;
  GtkCalendar *calendar;
  GtkWidget *time_box;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkLabel *summary_label;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerLater, composer_later, ADW_TYPE_WINDOW)

gint64
composer_later_in_one_hour (GDateTime *now)
{
  return g_date_time_to_unix (now) + 3600;
}

static GDateTime *
find_morning (GDateTime *now)
{
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);

  return g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                          g_date_time_get_day_of_month (tomorrow), MORNING_HOUR, 0, 0);
}

gint64
composer_later_tomorrow (GDateTime *now)
{
  g_autoptr (GDateTime) morning = find_morning (now);

  return g_date_time_to_unix (morning);
}

static GDateTime *
dup_chosen (ComposerLater *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  return g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                                gtk_spin_button_get_value_as_int (self->hour), gtk_spin_button_get_value_as_int (self->minute), 0);
}

static void
on_changed (ComposerLater *self)
{
  g_autoptr (GDateTime) chosen = dup_chosen (self);
  gboolean is_past = !chosen || g_date_time_to_unix (chosen) <= g_get_real_time () / G_USEC_PER_SEC;
  /* Translators: when a message will be sent, in g_date_time_format ()'s letters */
  g_autofree char *sentence = is_past ? g_strdup (_("This time has passed.")) : g_date_time_format (chosen, _("Sent on %A, %-d %B %Y at %H:%M."));

  gtk_label_set_label (self->summary_label, sentence);
  if (is_past)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "error");
  gtk_widget_set_sensitive (self->accept_button, !is_past);
}

static void
on_accepted (ComposerLater *self)
{
  g_autoptr (GDateTime) chosen = dup_chosen (self);

  if (!chosen)
    return;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, g_date_time_to_unix (chosen));
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
on_output (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", (int) gtk_adjustment_get_value (gtk_spin_button_get_adjustment (button)));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static void
composer_later_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), COMPOSER_TYPE_LATER);
  G_OBJECT_CLASS (composer_later_parent_class)->dispose (object);
}

static void
composer_later_class_init (ComposerLaterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_later_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", COMPOSER_TYPE_LATER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-later.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, accept_button);
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, calendar);
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, time_box);
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, hour);
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, minute);
  gtk_widget_class_bind_template_child (widget_class, ComposerLater, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_output);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
composer_later_init (ComposerLater *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (self->time_box, GTK_TEXT_DIR_LTR); /* 08:00 is written so everywhere */
}

ComposerLater *
composer_later_new (GtkWindow *parent, GDateTime *now)
{
  ComposerLater *self = g_object_new (COMPOSER_TYPE_LATER, "transient-for", parent, NULL);
  g_autoptr (GDateTime) morning = find_morning (now);

  gtk_calendar_select_day (self->calendar, morning);
  gtk_spin_button_set_value (self->hour, MORNING_HOUR);
  on_changed (self);
  return self;
}
