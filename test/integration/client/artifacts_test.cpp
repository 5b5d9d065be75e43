// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/use_future.hpp>

#include <filesystem>
#include <fstream>
#include <future>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const ArtifactRef out{.workflow = "a", .node = "a-1", .name = "out"};
const std::string bytes("\x00\xff'\"\r\nb", 7);

void send(Talk& talk, std::string_view what) {
    talk.answer(200, "application/gzip", what, "Content-Disposition: filename=\"out.tgz\"\r\n");
}

/// A folder of this test's own.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "tiphys-artifacts-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }

    std::string file(const char* name) const { return (path / name).string(); }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(path))
            found.push_back(entry.path().filename().string());
        return found;
    }

    std::filesystem::path path;
};

std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(ClientArtifacts, ComeAsTheirBytes) {
    ScriptedServer server([](Talk& talk) { send(talk, bytes); });
    ClientOptions options = test::options_for(server);
    options.token = "abc";
    options.base_href = "/ui";
    const auto artifacts = Client(options).artifacts();
    const ArtifactBytes whole = artifacts.read(out);
    EXPECT_EQ(whole.bytes, bytes);
    EXPECT_EQ(whole.file_name, "out.tgz");
    EXPECT_EQ(whole.content_type, "application/gzip");
    ArtifactRef other = out;
    other.input = true;
    artifacts.read(other);
    other = {.uid = "u1", .node = "a-1", .name = "main-logs"};
    artifacts.read(other);
    other.input = true;
    artifacts.read(other);
    artifacts.read_file(other, "dir/x.txt");
    std::vector<std::string> targets;
    for (const auto& request : server.requests()) targets.push_back(request.target);
    EXPECT_THAT(
        targets,
        ElementsAre("/ui/artifacts/argo/a/a-1/out", "/ui/input-artifacts/argo/a/a-1/out",
                    "/ui/artifacts-by-uid/u1/a-1/main-logs", "/ui/input-artifacts-by-uid/u1/a-1/main-logs",
                    "/ui/artifact-files/argo/archived-workflows/u1/a-1/inputs/main-logs/dir/x.txt"));
    EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer abc");
    EXPECT_EQ(server.requests().at(0).headers.at("accept"), "*/*");
}

TEST(ClientArtifacts, GoIntoAFile) {
    const std::string large(300'000, 'x');
    ScriptedServer server([&](Talk& talk) { send(talk, large); });
    const Folder folder;
    const auto artifacts = Client(test::options_for(server)).artifacts();
    const SavedArtifact saved = artifacts.save(out, folder.file("one"));
    EXPECT_EQ(saved.size, large.size());
    EXPECT_EQ(saved.file_name, "out.tgz");
    EXPECT_EQ(content(folder.file("one")), large);
    auto other = artifacts.async_save(out, folder.file("one"), boost::asio::use_future);
    EXPECT_EQ(other.get().size, large.size());
    EXPECT_THAT(folder.names(), ElementsAre("one"));
}

TEST(ClientArtifacts, LeaveNoPartOfAFile) {
    ScriptedServer server([](Talk& talk) {
        talk.raw(
            "HTTP/1.1 200 OK\r\nContent-Disposition: filename=\"x\"\r\n"
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        talk.close();
    });
    const Folder folder;
    const auto artifacts = Client(test::options_for(server)).artifacts();
    const auto error = test::client_error([&] { artifacts.save(out, folder.file("one")); });
    EXPECT_EQ(error.kind(), ClientErrorKind::closed);
    EXPECT_THAT(folder.names(), ElementsAre());
    const auto nowhere = test::client_error([&] { artifacts.save(out, folder.file("none/one")); });
    EXPECT_EQ(nowhere.kind(), ClientErrorKind::file);
    EXPECT_THAT(nowhere.what(), AllOf(HasSubstr("none/one"), HasSubstr("cannot be written")));
}

TEST(ClientArtifacts, GoIntoASinkWhichMayStopThem) {
    ScriptedServer server([](Talk& talk) { send(talk, bytes); });
    const auto artifacts = Client(test::options_for(server)).artifacts();
    std::string here;
    std::thread::id thread;
    const SavedArtifact saved = artifacts.save(out, [&](std::string_view piece) {
        here += piece;
        thread = std::this_thread::get_id();
    });
    EXPECT_EQ(saved.size, bytes.size());
    EXPECT_EQ(here, bytes);
    EXPECT_EQ(thread, std::this_thread::get_id());
    struct Enough {};
    EXPECT_THROW(artifacts.save(out, [](std::string_view) { throw Enough(); }), Enough);
    auto failed = artifacts.async_save(out, ByteSink([](std::string_view) { throw Enough(); }),
                                       boost::asio::use_future);
    EXPECT_THROW(failed.get(), Enough);
}

TEST(ClientArtifacts, ComePieceByPiece) {
    ScriptedServer server([](Talk& talk) {
        talk.raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Disposition: filename=\"a/b.txt\"\r\n"
            "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    ArtifactStream stream = client.artifacts().open(out);
    EXPECT_EQ(stream.file_name(), "b.txt");
    EXPECT_EQ(stream.next()->bytes, "abc");
    boost::asio::cancellation_signal cancel;
    std::promise<ClientErrorKind> kind;
    stream.async_next(boost::asio::bind_cancellation_slot(
        cancel.slot(), [&](std::exception_ptr error, const std::optional<ArtifactPiece>&) {
            kind.set_value(test::client_error([&] { std::rethrow_exception(error); }).kind());
        }));
    cancel.emit(boost::asio::cancellation_type::total);
    EXPECT_EQ(kind.get_future().get(), ClientErrorKind::cancelled);
    EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::cancelled);
}

TEST(ClientArtifacts, AreAskedForAgainBeforeTheFirstByte) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number == 1)
            talk.answer(503, "text/plain", "not yet");
        else if (talk.request().number == 2)
            talk.close();
        else
            send(talk, bytes);
    });
    EXPECT_EQ(Client(test::options_for(server)).artifacts().read(out).bytes, bytes);
    EXPECT_EQ(server.requests().size(), 3u);
}

TEST(ClientArtifacts, ErrorsComeInPlainText) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.ends_with("/page"))
            talk.answer(200, "text/html; charset=utf-8", "<!doctype html><html></html>");
        else if (talk.request().target.ends_with("/large"))
            send(talk, std::string(2000, 'x'));
        else
            talk.answer(404, "text/plain; charset=utf-8", "artifact not found");
    });
    ClientOptions options = test::options_for(server);
    options.max_response_bytes = 1024;
    const auto artifacts = Client(options).artifacts();
    const auto missing = test::client_error([&] { artifacts.read(out); });
    EXPECT_EQ(missing.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(missing.server_message(), "artifact not found");
    ArtifactRef other = out;
    other.name = "page";
    const auto page = test::client_error([&] { artifacts.read(other); });
    EXPECT_EQ(page.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(page.what(), HasSubstr("ARGO_ARTIFACT_SERVER"));
    EXPECT_EQ(test::client_error([&] { artifacts.open(other); }).kind(), ClientErrorKind::not_json);
    other.name = "large";
    EXPECT_EQ(test::client_error([&] { artifacts.read(other); }).kind(), ClientErrorKind::too_large);
    EXPECT_EQ(artifacts.save(other, [](std::string_view) {}).size, 2000u);
}

TEST(ClientArtifacts, DirectoriesAreListed) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.ends_with("/site/"))
            talk.answer(307, "", "", "Location: /artifact-files/x/index.html\r\n");
        else
            talk.answer(200, "text/html; charset=utf-8",
                        "<html><body><ul>\n<li><a href=\"..\">..</a></li>\n"
                        "<li><a href=\"./a.txt\">a.txt</a></li>\n<li><a href=\"./d/\">d/</a></li>\n"
                        "</ul></body></html>");
    });
    const auto artifacts = Client(test::options_for(server)).artifacts();
    EXPECT_THAT(artifacts.files(out), ElementsAre(ArtifactFile{"a.txt", false}, ArtifactFile{"d", true}));
    artifacts.files(out, "d");
    EXPECT_EQ(server.requests().at(0).target, "/artifact-files/argo/workflows/a/a-1/outputs/out/");
    EXPECT_EQ(server.requests().at(1).target, "/artifact-files/argo/workflows/a/a-1/outputs/out/d/");
    const auto error = test::client_error([&] { artifacts.files(out, "site"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::redirected);
    EXPECT_THAT(error.what(), HasSubstr("index.html"));
}

TEST(ClientArtifacts, AreUploadedAndSubmitted) {
    const std::string key = "uploads/argo/6522aff1-1e01-11e9-b443-42010aa80075/in.bin";
    ScriptedServer server([&](Talk& talk) {
        if (talk.request().target.ends_with("/big"))
            talk.answer(413, "text/plain", "Request Entity Too Large");
        else if (talk.request().target.starts_with("/upload"))
            talk.json(200, R"({"key":")" + key + R"(","name":"in"})");
        else
            talk.json(200, test::workflow_json("a", ""));
    });
    const Folder folder;
    std::ofstream(folder.file("in.bin"), std::ios::binary) << bytes;
    const Client client(test::options_for(server));
    const NamedValue uploaded = client.artifacts().upload_file("hello", "in", folder.file("in.bin"));
    EXPECT_EQ(uploaded, (NamedValue{"in", key}));
    client.submit({"WorkflowTemplate", "hello"}, {.artifacts = {uploaded}});
    EXPECT_EQ(client.artifacts().upload("hello", "in", "x", "y").value, key);
    const auto requests = server.requests();
    EXPECT_EQ(requests.at(0).method + " " + requests.at(0).target, "POST /upload-artifacts/argo/hello/in");
    EXPECT_THAT(requests.at(0).headers.at("content-type"), HasSubstr("multipart/form-data; boundary="));
    EXPECT_THAT(requests.at(0).body, AllOf(HasSubstr("name=\"file\"; filename=\"in.bin\""),
                                           HasSubstr("\r\n\r\n" + bytes + "\r\n--")));
    EXPECT_THAT(requests.at(1).body, HasSubstr(R"("artifacts":["in=)" + key + "\"]"));
    const auto error = test::client_error([&] { client.artifacts().upload("hello", "big", "x", "y"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::invalid_request);
    EXPECT_EQ(error.status(), 413);
    EXPECT_THAT(
        test::client_error([&] { client.artifacts().upload_file("hello", "in", folder.file("no")); }).what(),
        AllOf(HasSubstr("/no cannot be read"), HasSubstr("No such file")));
    const auto folder_error =
        test::client_error([&] { client.artifacts().upload_file("hello", "in", folder.path.string()); });
    EXPECT_EQ(folder_error.kind(), ClientErrorKind::file);
    EXPECT_THAT(folder_error.what(), AllOf(HasSubstr("cannot be read"), HasSubstr("directory")));
}

}  // namespace
}  // namespace tiphys
