/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the message table: which are shown, how wide, and which one a person sorts by; remembered. */
#include "messages-columns.h"

#include "messages-sort.h"

/* No column but the subject is wider in a narrow window. */
#define NARROW_WIDTH 124

struct _MessagesColumns
{
  GObject parent_instance;

  GtkColumnView *table;
  MessagesColumnSet set;     /* the table holds them */
  AppState *state;
  gboolean is_outgoing;
  gboolean is_narrow;
  gboolean is_settling;      /* they are set up by us */
};

enum
{
  SORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesColumns, messages_columns, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  gsize offset;
  int width;
} widths[] = {
  { "from-width", G_STRUCT_OFFSET (MessagesColumnSet, from), 190 },
  { "to-width", G_STRUCT_OFFSET (MessagesColumnSet, to), 190 },
  { "received-width", G_STRUCT_OFFSET (MessagesColumnSet, received), 130 },
  { "size-width", G_STRUCT_OFFSET (MessagesColumnSet, size), 90 },
};

static GtkColumnViewColumn *
get_sized (MessagesColumns *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkColumnViewColumn *, &self->set, widths[i].offset);
}

/* A column that is hidden gives up its width: GTK 4.8 counts it all the same. */
static void
show_column (MessagesColumns *self, GtkColumnViewColumn *column, gboolean is_shown)
{
  int width = 34;

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    if (get_sized (self, i) == column)
      width = app_state_get_int (self->state, "messages", widths[i].name, widths[i].width);
  if (self->is_narrow)
    width = MIN (width, NARROW_WIDTH);
  gtk_column_view_column_set_visible (column, is_shown);
  gtk_column_view_column_set_fixed_width (column, is_shown ? CLAMP (width, 30, 2000) : -1);
}

void
messages_columns_settle (MessagesColumns *self, gboolean is_outgoing, gboolean is_narrow)
{
  self->is_outgoing = is_outgoing;
  self->is_narrow = is_narrow;
  self->is_settling = TRUE;
  show_column (self, self->set.from, !is_outgoing);
  show_column (self, self->set.to, is_outgoing);
  show_column (self, self->set.size, !is_narrow);
  show_column (self, self->set.flag, !is_narrow);
  show_column (self, self->set.received, TRUE);
  self->is_settling = FALSE;
}

ModelSort
messages_columns_get_sort (MessagesColumns *self, gboolean *is_ascending)
{
  ModelSort sort = MODEL_SORT_RECEIVED;

  *is_ascending = FALSE;
  messages_sort_read (gtk_column_view_get_sorter (self->table), &sort, is_ascending);
  if (self->is_outgoing && sort == MODEL_SORT_FROM)
    return MODEL_SORT_TO;
  if (!self->is_outgoing && sort == MODEL_SORT_TO)
    return MODEL_SORT_FROM;
  return sort;
}

static void
on_sort_changed (MessagesColumns *self)
{
  ModelSort sort;
  gboolean is_ascending;

  if (self->is_settling)
    return;
  if (messages_sort_read (gtk_column_view_get_sorter (self->table), &sort, &is_ascending))
    {
      app_state_set_int (self->state, "messages", "sort", sort);
      app_state_set_int (self->state, "messages", "ascending", is_ascending);
    }
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static GtkColumnViewColumn *
find_column (MessagesColumns *self, ModelSort sort)
{
  switch (sort)
    {
    case MODEL_SORT_FROM:
      return self->set.from;
    case MODEL_SORT_TO:
      return self->set.to;
    case MODEL_SORT_SUBJECT:
      return self->set.subject;
    case MODEL_SORT_SIZE:
      return self->set.size;
    case MODEL_SORT_DATE:
    case MODEL_SORT_RECEIVED:
    default:
      return self->set.received;
    }
}

static void
on_width_changed (GtkColumnViewColumn *column, GParamSpec *pspec, MessagesColumns *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths) && !self->is_settling; i++)
    if (get_sized (self, i) == column)
      app_state_set_int (self->state, "messages", widths[i].name, gtk_column_view_column_get_fixed_width (column));
}

static void
set_up (MessagesColumns *self)
{
  static const ModelSort sorts[] = { MODEL_SORT_FROM, MODEL_SORT_TO, MODEL_SORT_SUBJECT, MODEL_SORT_RECEIVED, MODEL_SORT_SIZE };
  ModelSort sort = (ModelSort) app_state_get_int (self->state, "messages", "sort", MODEL_SORT_RECEIVED);
  gboolean is_ascending = app_state_get_int (self->state, "messages", "ascending", FALSE);

  self->is_settling = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (GtkSorter) sorter = messages_sort_new (sorts[i]);

      gtk_column_view_column_set_sorter (find_column (self, sorts[i]), sorter);
    }
  gtk_column_view_sort_by_column (self->table, find_column (self, sort), is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    g_signal_connect_object (get_sized (self, i), "notify::fixed-width", G_CALLBACK (on_width_changed), self, 0);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (on_sort_changed), self, G_CONNECT_SWAPPED);
  self->is_settling = FALSE;
}

static void
messages_columns_dispose (GObject *object)
{
  MessagesColumns *self = MESSAGES_COLUMNS (object);

  g_clear_object (&self->table);
  g_clear_object (&self->state);
  G_OBJECT_CLASS (messages_columns_parent_class)->dispose (object);
}

static void
messages_columns_class_init (MessagesColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = messages_columns_dispose;
  signals[SORT_CHANGED] = g_signal_new ("sort-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
messages_columns_init (MessagesColumns *self)
{
}

MessagesColumns *
messages_columns_new (GtkColumnView *table, const MessagesColumnSet *set, AppState *state)
{
  MessagesColumns *self = g_object_new (MESSAGES_TYPE_COLUMNS, NULL);

  self->table = g_object_ref (table);
  self->set = *set;
  self->state = g_object_ref (state);
  set_up (self);
  return self;
}
