/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the message table: which are shown, in what order, how wide, and which one a person sorts by; remembered for each folder,
 * one line of window.ini for each that a person changed: "status:34 flag:34 from:190 -to:190 subject received:130 -size:90 received-". */
#include "messages-columns.h"

#include "messages-cell.h"
#include "messages-sort.h"

#include <string.h>

#define MIN_WIDTH 24
#define MAX_WIDTH 2000
#define N_COLUMNS 9

struct _MessagesColumns
{
  GObject parent_instance;

  GtkColumnView *table;
  MessagesColumnSet set;     /* the table holds them */
  AppState *state;
  GSimpleActionGroup *actions;
  gint64 folder;
  int widths[N_COLUMNS];     /* also of those that are hidden */
  ModelSort sort;
  gboolean is_ascending;
  gboolean is_settling;      /* they are set up by us */
};

enum
{
  SORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MessagesColumns, messages_columns, G_TYPE_OBJECT)

#define NO_SORT -1

/* In the order shown at first */
static const struct
{
  const char *name;
  gsize offset;
  int width;
  int sort;   /* a ModelSort or NO_SORT */
  MessagesCellKind kind;
} columns[N_COLUMNS] = {
  { "status", G_STRUCT_OFFSET (MessagesColumnSet, status), 34, NO_SORT, MESSAGES_CELL_STATUS },
  { "flag", G_STRUCT_OFFSET (MessagesColumnSet, flag), 34, NO_SORT, MESSAGES_CELL_FLAG },
  { "attachment", G_STRUCT_OFFSET (MessagesColumnSet, attachment), 34, NO_SORT, MESSAGES_CELL_ATTACHMENT },
  { "from", G_STRUCT_OFFSET (MessagesColumnSet, from), 190, MODEL_SORT_FROM, MESSAGES_CELL_FROM },
  { "to", G_STRUCT_OFFSET (MessagesColumnSet, to), 190, MODEL_SORT_TO, MESSAGES_CELL_TO },
  { "subject", G_STRUCT_OFFSET (MessagesColumnSet, subject), 0, MODEL_SORT_SUBJECT, MESSAGES_CELL_SUBJECT },
  { "folder", G_STRUCT_OFFSET (MessagesColumnSet, folder), 150, NO_SORT, MESSAGES_CELL_FOLDER },
  { "received", G_STRUCT_OFFSET (MessagesColumnSet, received), 130, MODEL_SORT_RECEIVED, MESSAGES_CELL_RECEIVED },
  { "size", G_STRUCT_OFFSET (MessagesColumnSet, size), 90, MODEL_SORT_SIZE, MESSAGES_CELL_SIZE },
};

static GtkColumnViewColumn *
get_column (MessagesColumns *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkColumnViewColumn *, &self->set, columns[i].offset);
}

static gsize
find_name (const char *name, gsize length)
{
  gsize i = 0;

  while (i < N_COLUMNS && (strlen (columns[i].name) != length || strncmp (columns[i].name, name, length) != 0))
    i++;
  return i;
}

static gsize
find_sort (ModelSort sort)
{
  gsize i = 0;

  while (i < N_COLUMNS - 1 && columns[i].sort != (int) sort)
    i++;
  return i;
}

static GSimpleAction *
find_action (MessagesColumns *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

/* A column that is hidden gives up its width: GTK 4.8 counts it all the same. */
static void
show_column (MessagesColumns *self, gsize i, gboolean is_shown)
{
  g_autofree char *name = g_strconcat ("show-", columns[i].name, NULL);
  GSimpleAction *action = find_action (self, name);

  gtk_column_view_column_set_visible (get_column (self, i), is_shown);
  gtk_column_view_column_set_fixed_width (get_column (self, i), is_shown && columns[i].width ? self->widths[i] : -1);
  if (action)
    g_simple_action_set_state (action, g_variant_new_boolean (is_shown));
}

static void
show_sort (MessagesColumns *self)
{
  gsize i = find_sort (self->sort);

  gtk_column_view_sort_by_column (self->table, get_column (self, i), self->is_ascending ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
  g_simple_action_set_state (find_action (self, "sort"), g_variant_new_string (columns[i].name));
  g_simple_action_set_state (find_action (self, "order"), g_variant_new_string (self->is_ascending ? "ascending" : "descending"));
}

static char *
make_key (MessagesColumns *self)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, self->folder);
}

static void
remember (MessagesColumns *self)
{
  GListModel *list = gtk_column_view_get_columns (self->table);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *key = make_key (self);

  if (!self->folder)
    return;
  for (guint j = 0; j < g_list_model_get_n_items (list); j++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, j);

      for (gsize i = 0; i < N_COLUMNS; i++)
        if (get_column (self, i) == column)
          g_string_append_printf (text, "%s%s:%d ", gtk_column_view_column_get_visible (column) ? "" : "-", columns[i].name, self->widths[i]);
    }
  g_string_append_printf (text, "%s%c", columns[find_sort (self->sort)].name, self->is_ascending ? '+' : '-');
  app_state_set_text (self->state, "columns", key, text->str);
}

/* For who has chosen larger letters: the widths in the table are those for 96 dots an inch. */
static double
get_text_scale (MessagesColumns *self)
{
  int resolution = -1; /* in 1024ths; -1: nobody says */

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self->table)), "gtk-xft-dpi", &resolution, NULL);
  return CLAMP (resolution / (96.0 * 1024), 1, 3);
}

static void
set_defaults (MessagesColumns *self, gboolean is_outgoing)
{
  double scale = get_text_scale (self);

  self->sort = MODEL_SORT_RECEIVED;
  self->is_ascending = FALSE;
  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      gtk_column_view_insert_column (self->table, (guint) i, get_column (self, i));
      self->widths[i] = (int) (columns[i].width * (columns[i].kind <= MESSAGES_CELL_ATTACHMENT ? 1 : scale));
      show_column (self, i, columns[i].sort != (is_outgoing ? MODEL_SORT_FROM : MODEL_SORT_TO)
                            && (columns[i].offset != G_STRUCT_OFFSET (MessagesColumnSet, folder) || self->folder <= 0));
    }
}

/* One word of a folder's line; what it does not say, or says wrongly, stays as it is at first. */
static void
apply_word (MessagesColumns *self, const char *word, guint *position)
{
  gboolean is_shown = *word != '-';
  const char *name = is_shown ? word : word + 1;
  gsize length = strcspn (name, ":+-");
  gsize i = find_name (name, length);

  if (i == N_COLUMNS)
    return;
  if (name[length] == ':')
    {
      if (columns[i].width)
        self->widths[i] = (int) CLAMP (g_ascii_strtoll (name + length + 1, NULL, 10), MIN_WIDTH, MAX_WIDTH);
      gtk_column_view_insert_column (self->table, (*position)++, get_column (self, i));
      show_column (self, i, is_shown || columns[i].sort == MODEL_SORT_SUBJECT);
    }
  else if (name[length] && columns[i].sort != NO_SORT)
    {
      self->sort = (ModelSort) columns[i].sort;
      self->is_ascending = name[length] == '+';
    }
}

void
messages_columns_show_folder (MessagesColumns *self, gint64 folder, gboolean is_outgoing)
{
  g_autofree char *key = NULL;
  g_autofree char *line = NULL;
  guint position = 0;

  self->folder = folder;
  self->is_settling = TRUE;
  set_defaults (self, is_outgoing);
  key = make_key (self);
  line = folder ? app_state_dup_text (self->state, "columns", key) : NULL;
  if (line)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", -1);

      for (guint i = 0; words[i]; i++)
        apply_word (self, words[i], &position);
    }
  show_sort (self);
  self->is_settling = FALSE;
}

ModelSort
messages_columns_get_sort (MessagesColumns *self, gboolean *is_ascending)
{
  *is_ascending = self->is_ascending;
  return self->sort;
}

static void
on_head_clicked (MessagesColumns *self)
{
  ModelSort sort;
  gboolean is_ascending;

  if (self->is_settling || !messages_sort_read (gtk_column_view_get_sorter (self->table), &sort, &is_ascending))
    return;
  self->sort = sort;
  self->is_ascending = is_ascending;
  g_simple_action_set_state (find_action (self, "sort"), g_variant_new_string (columns[find_sort (sort)].name));
  g_simple_action_set_state (find_action (self, "order"), g_variant_new_string (is_ascending ? "ascending" : "descending"));
  remember (self);
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static void
sort_by (MessagesColumns *self, ModelSort sort, gboolean is_ascending)
{
  self->sort = sort;
  self->is_ascending = is_ascending;
  self->is_settling = TRUE;
  show_sort (self);
  self->is_settling = FALSE;
  remember (self);
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

/* Times and sizes begin with the newest and the biggest, words with A. */
static void
on_sort_chosen (GSimpleAction *action, GVariant *value, gpointer data)
{
  const char *name = g_variant_get_string (value, NULL);
  gsize i = find_name (name, strlen (name));

  if (i < N_COLUMNS && columns[i].sort != NO_SORT)
    sort_by (data, (ModelSort) columns[i].sort, columns[i].sort != MODEL_SORT_RECEIVED && columns[i].sort != MODEL_SORT_SIZE);
}

static void
on_order_chosen (GSimpleAction *action, GVariant *value, gpointer data)
{
  MessagesColumns *self = data;

  sort_by (self, self->sort, g_str_equal (g_variant_get_string (value, NULL), "ascending"));
}

static void
on_column_chosen (GSimpleAction *action, GVariant *value, gpointer data)
{
  MessagesColumns *self = data;
  const char *name = g_action_get_name (G_ACTION (action)) + strlen ("show-");
  gsize i = find_name (name, strlen (name));

  g_return_if_fail (i < N_COLUMNS);

  self->is_settling = TRUE;
  show_column (self, i, g_variant_get_boolean (value));
  self->is_settling = FALSE;
  remember (self);
}

static void
on_width_changed (GtkColumnViewColumn *column, GParamSpec *pspec, MessagesColumns *self)
{
  for (gsize i = 0; i < N_COLUMNS && !self->is_settling; i++)
    if (get_column (self, i) == column && gtk_column_view_column_get_fixed_width (column) >= MIN_WIDTH)
      {
        self->widths[i] = gtk_column_view_column_get_fixed_width (column);
        remember (self);
      }
}

static void
on_columns_moved (MessagesColumns *self)
{
  if (!self->is_settling && g_list_model_get_n_items (gtk_column_view_get_columns (self->table)) == N_COLUMNS)
    remember (self);
}

static void
add_action (MessagesColumns *self, const char *name, GVariant *state, GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, g_variant_is_of_type (state, G_VARIANT_TYPE_BOOLEAN) ? NULL : G_VARIANT_TYPE_STRING,
                                                                   state);

  g_signal_connect (action, "change-state", callback, self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
set_up (MessagesColumns *self)
{
  add_action (self, "sort", g_variant_new_string ("received"), G_CALLBACK (on_sort_chosen));
  add_action (self, "order", g_variant_new_string ("descending"), G_CALLBACK (on_order_chosen));
  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("show-", columns[i].name, NULL);

      if (columns[i].sort != NO_SORT)
        {
          g_autoptr (GtkSorter) sorter = messages_sort_new ((ModelSort) columns[i].sort);

          gtk_column_view_column_set_sorter (get_column (self, i), sorter);
        }
      if (columns[i].sort != MODEL_SORT_SUBJECT)
        add_action (self, name, g_variant_new_boolean (TRUE), G_CALLBACK (on_column_chosen));
      g_signal_connect_object (get_column (self, i), "notify::fixed-width", G_CALLBACK (on_width_changed), self, 0);
    }
  messages_columns_show_folder (self, 0, FALSE);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (on_head_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->table), "items-changed", G_CALLBACK (on_columns_moved), self, G_CONNECT_SWAPPED);
}

static void
messages_columns_dispose (GObject *object)
{
  MessagesColumns *self = MESSAGES_COLUMNS (object);

  g_clear_object (&self->table);
  g_clear_object (&self->state);
  g_clear_object (&self->actions);
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
  self->actions = g_simple_action_group_new ();
}

static void
make_cells (MessagesColumns *self)
{
  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GtkListItemFactory) factory = messages_cell_make_factory (columns[i].kind);

      gtk_column_view_column_set_factory (get_column (self, i), factory);
    }
}

MessagesColumns *
messages_columns_new (GtkColumnView *table, const MessagesColumnSet *set, AppState *state)
{
  MessagesColumns *self = g_object_new (MESSAGES_TYPE_COLUMNS, NULL);

  self->table = g_object_ref (table);
  self->set = *set;
  self->state = g_object_ref (state);
  make_cells (self);
  set_up (self);
  return self;
}

GActionGroup *
messages_columns_get_actions (MessagesColumns *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
messages_columns_set_menu (MessagesColumns *self, GMenuModel *menu)
{
  for (gsize i = 0; i < N_COLUMNS; i++)
    gtk_column_view_column_set_header_menu (get_column (self, i), menu);
}
