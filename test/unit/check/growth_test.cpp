// SPDX-License-Identifier: Apache-2.0
// Documents that are built to be dear cost no more than what they are long: sixteen times the size takes
// about sixteen times as long, where a search within a search would take two hundred and fifty-six times.
// Messages stay short, however much is wrong.
#include <algorithm>
#include <ctime>
#include <memory>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

constexpr int times = 16;

/// Processor time of the quickest of three.
template <class Act>
double seconds(Act act) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t from = std::clock();
        act();
        best = std::min(best, static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
    }
    return best;
}

/// `make(n)` gives something to judge that is n long.
template <class Make>
void expect_proportion(int n, Make make) {
    const auto judged = [](const auto& made) {
        return seconds([&] { EXPECT_NO_THROW(validate(made.document, made.set, of_any_size())); });
    };
    const double small = judged(make(n));
    const double large = judged(make(n * times));
    // Caches and the clock's grain have their part; a square would be at times * times.
    EXPECT_LT(large, 6 * times * small + 0.02) << "from " << small << " s";
}

struct Subject {
    model::Workflow document;
    DocumentSet set = {};
};

std::string name(int i) { return "n" + std::to_string(i); }

/// A workflow with the templates `work`, which takes nothing, and `main`.
Subject plain() {
    Subject made;
    made.document.metadata.name = "x";
    made.document.spec.entrypoint = "main";
    auto& templates = made.document.spec.templates;
    templates.emplace_back().name = "work";
    templates[0].container.ensure().image = "busybox";
    templates.emplace_back().name = "main";
    return made;
}
model::DAGTask& add_task(Subject& to, int i) {
    auto& task = to.document.spec.templates[1].dag.ensure().tasks.emplace_back();
    task.name = name(i);
    task.template_ = "work";
    return task;
}

void expect_short_messages(const list<Diagnostic>& found) {
    for (const Diagnostic& one : found)
        EXPECT_LT(one.message.size(), 1000u) << one.message.view().substr(0, 2000);
}

TEST(Growth, OfDenseGraphs) {
    expect_proportion(100, [](int n) {
        Subject made = plain();
        for (int i = 0; i < n; ++i) {
            auto& task = add_task(made, i);
            std::string depends;
            for (int k = 1; k <= 64 && k <= i; ++k) depends += (k == 1 ? "" : " && ") + name(i - k);
            if (i != 0) task.depends = depends;
        }
        return made;
    });
}

TEST(Growth, OfUnknownDependencies) {
    const auto make = [](int n) {
        Subject made = plain();
        for (int i = 0; i < n; ++i) {
            auto& task = add_task(made, i);
            task.name = std::string(20, 'a') + name(i);
            task.dependencies.push_back(std::string(20, 'b') + name(i));
        }
        return made;
    };
    // As many as are looked at for the nearest name.
    expect_proportion(64, make);
    const auto found = validate(make(100).document);
    EXPECT_EQ(found.size(), 100u);
    expect_short_messages(found);
}

TEST(Growth, OfCycles) {
    const auto make = [](int n) {
        Subject made = plain();
        for (int i = 0; i < n; ++i) add_task(made, i).dependencies.push_back(name((i + 1) % n));
        return made;
    };
    expect_proportion(500, make);
    const auto found = validate(make(5000).document, {}, of_any_size());
    expect_short_messages(found);
    ASSERT_GE(found.size(), 1u);
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const Diagnostic& one) {
        return one.message.string().find(
                   "`n0` after `n1` after `n2` after `n3` after `n4` after … after `n4995`") !=
               std::string::npos;
    })) << described(found);
}

/// Each template calls the next, the first, and itself.
Subject chain(int n) {
    Subject made = plain();
    auto& templates = made.document.spec.templates;
    templates = {};
    for (int i = 0; i < n; ++i) {
        auto& one = templates.emplace_back();
        one.name = name(i);
        auto& steps = one.steps.emplace_back();
        for (const int to : {(i + 1) % n, 0, i}) {
            auto& step = steps.emplace_back();
            step.name = name(static_cast<int>(steps.size()));
            step.template_ = name(to);
        }
    }
    made.document.spec.entrypoint = "n0";
    return made;
}

TEST(Growth, OfChainsOfTemplates) {
    expect_proportion(300, chain);
    const auto found = validate(chain(3000).document);
    EXPECT_GT(found.size(), 3000u);
    expect_short_messages(found);
}

// Nothing is recursive in the length of a chain: the stack would not hold it.
TEST(Growth, OfAVeryLongChain) {
    EXPECT_GT(validate(chain(100'000).document, {}, of_any_size()).size(), 100'000u);
}

// Which templates the entrypoint leads to is found once, not for each that asks.
TEST(Growth, OfTheWayFromTheEntrypoint) {
    const auto make = [](int n) {
        Subject made = chain(n);
        auto& spec = made.document.spec;
        spec.onExit = "exit";
        for (int i = 0; i < n; ++i) {
            auto& one = spec.templates.emplace_back();
            one.name = i == 0 ? std::string("exit") : "exit" + std::to_string(i);
            one.container.ensure().image = "busybox";
            one.container->args.push_back("{{workflow.failures}}");
        }
        return made;
    };
    expect_proportion(200, make);
    const auto found = validate(make(50).document);
    for (const Diagnostic& one : found) EXPECT_NE(one.rule->id, "variable.unknown") << one.to_string();
}

TEST(Growth, OfReferencesIntoLibraries) {
    struct Library {
        list<model::WorkflowTemplate> templates;
        Subject user = plain();
        const model::Workflow& document = user.document;
        DocumentSet set;
    };
    const auto make = [](int n) {
        auto made = std::make_unique<Library>();
        made->templates.reserve(static_cast<std::size_t>(n));
        for (int i = 0; i < n; ++i) {
            auto& library = made->templates.emplace_back();
            library.metadata.name = name(i);
            // Hostile: all the same name, each in a namespace of its own.
            auto& other = made->templates.emplace_back();
            other.metadata.name = "same";
            other.metadata.namespace_ = name(i);
            auto& work = library.spec.templates.emplace_back();
            work.name = "work";
            work.container.ensure().image = "busybox";
            auto& first = made->templates.front().spec.templates.emplace_back();
            first.name = name(i);
            first.container.ensure().image = "busybox";
        }
        for (int i = 0; i < n; ++i) {
            auto& own = add_task(made->user, 3 * i);
            own.template_.reset();
            own.templateRef.ensure().name = name(i);
            own.templateRef->template_ = "work";
            auto& shared = add_task(made->user, 3 * i + 1);
            shared.template_.reset();
            shared.templateRef.ensure().name = name(0);
            shared.templateRef->template_ = name(i);
            auto& same = add_task(made->user, 3 * i + 2);
            same.template_.reset();
            same.templateRef.ensure().name = "same";
            same.templateRef->template_ = "work";
        }
        for (const auto& one : made->templates) made->set.add(one);
        made->set.complete();
        return made;
    };
    const auto judged = [](const Library& made) {
        return seconds([&] { validate(made.document, made.set, of_any_size()); });
    };
    const double small = judged(*make(100));
    EXPECT_LT(judged(*make(100 * times)), 6 * times * small + 0.02);
    // Each is found: only the third of each round is wrong.
    const auto some = make(50);
    std::size_t errors = 0;
    for (const Diagnostic& one : validate(some->document, some->set))
        if (one.rule->severity == Severity::error) ++errors;
    EXPECT_EQ(errors, 50u);
}

TEST(Growth, OfNamesThatTagsUse) {
    const auto tags = [](const char* what, int n) {
        std::string made;
        for (int i = 0; i < n; ++i) made += "{{" + std::string(what) + name(n - 1 - i) + "}} ";
        return made;
    };
    expect_proportion(500, [&](int n) {
        Subject made = plain();
        add_task(made, 0);
        for (int i = 0; i < n; ++i) {
            auto& parameter = made.document.spec.arguments.ensure().parameters.emplace_back();
            parameter.name = name(i);
            parameter.value = "1";
            auto& output = made.document.spec.templates[0].outputs.ensure().parameters.emplace_back();
            output.name = name(i);
            output.globalName = name(i);
            output.valueFrom.ensure().path = "/x";
        }
        auto& args = made.document.spec.templates[0].container->args;
        args.push_back(tags("workflow.parameters.", n));
        args.push_back(tags("workflow.outputs.parameters.", n));
        auto& user = add_task(made, 1);
        user.dependencies.push_back("n0");
        user.when = "1 == 1";
        user.hooks["exit"].template_ = "work";
        auto& given = user.arguments.ensure().parameters.emplace_back();
        given.name = "p";
        given.value = tags("tasks.n0.outputs.parameters.", n);
        made.document.spec.templates[0].inputs.ensure().parameters.emplace_back().name = "p";
        made.document.spec.templates[0].inputs->parameters[0].default_ = "";
        return made;
    });
}

// A text of which everything is wrong is not repeated with each mistake.
TEST(Growth, OfExpressions) {
    std::string sum = "a0";
    for (int i = 1; i < 400; ++i) sum += "+a" + std::to_string(i);
    Subject made = plain();
    auto& task = add_task(made, 0);
    task.arguments.ensure().parameters.emplace_back().name = "p";
    task.arguments->parameters[0].value = "{{=" + sum + "}}";
    task.when = std::string(300'000, '(');
    task.depends = std::string(300'000, ')');
    task.hooks["h"].template_ = "work";
    task.hooks["h"].expression = std::string(60'000, '!') + 'x';
    auto& work = made.document.spec.templates[0];
    work.container->args.push_back("{{inputs." + std::string(300'000, 'x'));
    work.container->args.push_back("{{=" + std::string(60'000, '[') + "}}");
    const auto found = validate(made.document);
    EXPECT_GT(found.size(), 400u);
    expect_short_messages(found);
}

}  // namespace
}  // namespace tiphys::test
